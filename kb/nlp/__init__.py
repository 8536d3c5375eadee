"""Offline language analysis: tokens, sentences, tags, lemmas, dependency trees and names of an article.

One compact multi-task model (a fine-tuned MiniLM encoder, int8 ONNX) runs on onnxruntime and numpy; nothing is loaded
at import and nothing is ever downloaded.
"""

from kb.nlp.document import analyse
from kb.nlp.parser import Parser, load_parser

__all__ = ["Parser", "analyse", "load_parser"]
