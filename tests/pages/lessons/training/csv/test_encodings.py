"""Files in the encodings that people have: read as they were written, or offered with a preview."""

from __future__ import annotations

import pytest

from pages.lessons.training.csv.encodings import OLDER, decoded, fitting
from pages.writing.refusal import Refused
from tests.pages.csv_files import columns_of, read_csv

# Written in an encoding, and the texts. What stands first is what most such files are.
WRITTEN = {
    "German": ("cp1252", "Größe;Gewicht;Klasse\n1,5;2;a\n0,5;3;b\n"),
    "German, one sharp s": ("cp1252", "Straße,k\n1,a\n2,b\n"),
    "German, many": ("cp1252", "Länge,Kürze,Sorte\n1,2,grün\n2,3,weiß\n"),
    "French": ("cp1252", "Espèce,taille\nœillet,1\nÉpi,2\n"),
    "French, two words": ("cp1252", "x,k\n1,café\n2,thé\n"),
    "Spanish": ("cp1252", "x,país\n1,España\n2,Perú\n"),
    "Danish": ("cp1252", "Længde,art\n1,ørred\n2,ål\n"),
    "Icelandic": ("cp1252", "Þyngd,k\n1,stór\n2,lítill\n"),
    "quotes and euro": ("cp1252", "x,k\n1,“a”\n2,it’s 5 €\n"),
    "degrees": ("cp1252", "Temp °C,k\n1,a\n2,b\n"),
    "micro": ("cp1252", "µm,±,k\n1,2,a\n2,3,b\n"),
    "capitals alone": ("cp1252", "x,k\n1,É\n2,È\n"),
    "Chinese": ("gb18030", "长度,种类\n1,猫\n2,狗\n"),
    "Chinese, a dash": ("gb18030", "长度—厘米,宽度·厘米,类别\n1,2,甲\n2,3,乙\n"),
    "Chinese, rare names": ("gb18030", "身高,体重,品种\n1.5,20,喆喆\n1.2,18,镕镕\n"),
    "Chinese, four bytes": ("gb18030", "身高,姓名\n1.5,㐂𠮷\n1.2,王小明\n"),
    "Chinese, one character each": ("gb18030", "x,k\n1,男\n2,女\n"),
    "Chinese, marks": ("gb18030", "x,k\n1,优\n2,良\n3,差\n"),
    "Chinese, a T-shirt": ("gb18030", "类别,x\nT恤,1\n裤子,2\n"),
    "Chinese, degrees": ("gb18030", "温度℃,类\n1,晴\n2,雨\n"),
    "Chinese, valid in UTF-8, too": ("gb18030", "x,k\n1,学\n2,学\n"),
    "traditional": ("cp950", "長度,寬度,種類\n1,2,貓\n3,4,狗\n"),
    "traditional, one character each": ("cp950", "x,k\n1,貓\n2,龜\n"),
    "traditional, a person": ("cp950", "身高,體重,性別\n1,2,男\n1,2,女\n"),
    "traditional, names": ("cp950", "姓名,分數,等第\n陳大文,1,甲\n李小明,2,乙\n"),
    "Japanese": ("cp932", "長さ,幅,種類\n1,2,猫\n3,4,犬\n"),
    "Japanese, katakana": ("cp932", "サイズ,クラス\n1,ネコ\n2,イヌ\n"),
    "Japanese, kanji": ("cp932", "身長,体重,性別\n170,60,男\n160,50,女\n"),
    "Russian": ("cp1251", "длина,вид\n1,кот\n2,пёс\n"),
    "Polish": ("cp1250", "długość,gatunek\n1,żaba\n2,świnia\n"),
    "Czech": ("cp1250", "délka,druh\n1,žluťoučký kůň\n2,pes\n"),
    "Greek": ("cp1253", "μήκος,είδος\n1,γάτα\n2,σκύλος\n"),
    "Arabic": ("cp1256", "طول,نوع\n1,قط\n2,كلب\n"),
    "Thai": ("cp874", "ความยาว,ชนิด\n1,แมว\n2,หมา\n"),
    "UTF-8, one letter each": ("utf-8", "x,k\n1,é\n2,ü\n"),
    "UTF-8, Russian": ("utf-8", "длина,k\n1,кот\n2,Я\n"),
    "UTF-8, Chinese": ("utf-8", "x,k\n1,男\n2,女\n"),
}
# Too short to be told from others: they are among those that are offered.
OFFERED = {
    "Korean": ("cp949", "길이,종류\n1,고양이\n2,개\n"),
    "Japanese, half width": ("cp932", "ｻｲｽﾞ,種類\n1,ﾈｺ\n2,ｲﾇ\n"),
    "Hebrew": ("cp1255", "אורך,סוג\n1,חתול\n"),
    "Turkish": ("cp1254", "uzunluk,tür\n1,ışık\n2,şeker\n"),
    "fractions": ("cp1252", "½,¼\n1,a\n"),
    "Chinese, circled numbers": ("gb18030", "①,②\n1,a\n"),
    "Chinese, full width": ("gb18030", "１２,Ａ\n1,a\n"),
}


def test_a_file_is_read_as_it_was_written(subtests: pytest.Subtests) -> None:
    for name, (encoding, text) in WRITTEN.items():
        with subtests.test(name=name):
            data = text.encode(encoding)
            fits = fitting(data)
            assert decoded(data, fits[0].encoding) == text, fits
            assert len(fits) == 1 or fits[0].preview
            assert len({fit.preview for fit in fits}) == len(fits), "no two look alike"


def test_what_cannot_be_told_is_offered(subtests: pytest.Subtests) -> None:
    for name, (encoding, text) in OFFERED.items():
        with subtests.test(name=name):
            data = text.encode(encoding)
            fits = fitting(data)
            assert text in [decoded(data, fit.encoding) for fit in fits]
            assert len(fits) > 1
            assert all(fit.preview for fit in fits)


def test_bytes_that_two_peoples_write_are_offered_to_both() -> None:
    """The same bytes are 男 and 女 in one encoding, and other words in others."""
    data = "x,k\n1,男\n2,女\n".encode("gb18030")
    previews = {fit.encoding: fit.preview for fit in fitting(data)}
    assert previews["gb18030"] == "男, 女"
    assert previews["cp950"] == "鹹, 躓"
    assert read_csv(data).classes == ("女", "男")


def test_windows_writes_the_euro_as_one_byte_in_chinese() -> None:
    data = "价格€,类\n1,甲\n2,乙\n".encode("gb18030").replace("€".encode("gb18030"), b"\x80")
    assert columns_of(data, None).names == ("价格€", "类")


@pytest.mark.parametrize("encoding", ["utf-8-sig", *OLDER])
def test_bytes_beyond_an_encoding_are_no_text_in_it(encoding: str) -> None:
    data = b"x,k\r\n1,a\r\n2,\xff\xff\xff\x01\r\n"
    with pytest.raises(Refused) as caught:
        decoded(data, encoding)
    assert caught.value.reason in ("encoding", "binary")


def test_broken_utf8_is_not_taken_for_another_encoding() -> None:
    whole = "x,种类\n1,猫\n2,狗\n3,猫".encode()
    for data, row in ((whole[:-1], 4), (whole.replace("狗".encode(), b"\xe7\x8b"), 3)):
        with pytest.raises(Refused) as caught:
            fitting(data)
        assert (caught.value.reason, caught.value.details["row"]) == ("encoding", row)
