"""Training of the network in `data/model`: treebanks, names and annotated events in, an int8 ONNX file out.

Needs the dependency group `train` (PyTorch); nothing of the running program imports it. CONTRIBUTING.md says where the
treebanks come from, how long each step takes and what to check before a new model is committed.
"""
