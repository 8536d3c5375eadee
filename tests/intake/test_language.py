import subprocess
import sys

import pytest

from kb.errors import LanguageError

OTHERS = {
    "German": "Der Präsident von Freedonien traf am Mittwoch den Botschafter von Sylvanien, um über neue Sanktionen zu "
    "sprechen. Beide Seiten lehnten es ab, sich zu den Ergebnissen zu äußern.",
    "French": "Le président de la Freedonie a rencontré mercredi l'ambassadrice de Sylvanie pour parler des sanctions. "
    "Les deux parties ont refusé de commenter les résultats de leur entretien.",
    "Spanish": "El presidente de Freedonia se reunió el miércoles con la embajadora de Sylvania para hablar de las "
    "sanciones. Ambas partes se negaron a comentar los resultados de la reunión.",
    "Dutch": "De president van Freedonië ontmoette woensdag de ambassadeur van Sylvanië om over nieuwe sancties te "
    "spreken. Beide partijen wilden niets zeggen over de uitkomst van het gesprek.",
    "Russian": "Президент Фридонии в среду встретился с послом Сильвании, чтобы обсудить новые санкции.",
    "Chinese": "弗里多尼亚总统星期三会见了西尔瓦尼亚大使，双方讨论了新的制裁措施。双方均拒绝对会谈结果发表评论。",
    "Arabic": "التقى رئيس فريدونيا يوم الأربعاء بسفيرة سيلفانيا لمناقشة العقوبات الجديدة على البلاد.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_named(read_text, language):
    with pytest.raises(LanguageError, match=rf"story\.txt: the text is in {language}"):
        read_text(OTHERS[language])


@pytest.mark.parametrize(
    "text",
    [
        "Putin in Pyongyang",
        "Firefly besucht Sylvania",
        "Jong Un, Kim; Lavrov, Sergey; Choe, Son Hui",
        "1234 5678",
        "Freedonia sanctions Sylvania",
        "He said: “Nous sommes prêts”, and left for the airport with the ambassador and his staff.",
    ],
)
def test_short_or_mixed_text_passes(read_text, text):
    assert read_text(text).text == text


def test_english_settles_without_the_language_model(story, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(story)
    code = (
        "import sys\n"
        "from kb.intake import gather, read\n"
        "from kb.model import ArticleInfo\n"
        f"read(gather([{str(path)!r}], ArticleInfo())[0], max_bytes=10**6)\n"
        "print([m for m in ('py3langid', 'trafilatura', 'charset_normalizer', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
