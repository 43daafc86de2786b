"""What differs between two texts or bodies: cut as a reader of Chinese cuts it."""

import pytest

from articles.versions.diff import Vocabulary, compare, diff_bodies, diff_text, stretches
from tests.support.comparing import PEOPLE, body, content, of_bodies, only, shown


def told(old, new, vocabulary=PEOPLE):
    return shown(diff_text(old, new, vocabulary))


# ---- Texts ----


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("区委、区政府", "区委、区人大、区政府", "区委、{+区人大、}区政府"),
        ("头一句。末一句。", "头一句。中一句。末一句。", "头一句。{+中一句。}末一句。"),
        ("要提认识", "要提高认识", "要提{+高}认识"),
        ("参加会议的有企业代表", "参加会议的有代表", "参加会议的有[-企业]代表"),
        ("", "新", "{+新}"),
        ("旧", "", "[-旧]"),
    ],
)
def test_an_edit_lies_where_a_reader_would_cut(old, new, expected):
    assert told(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("共174个点", "共175个点", "共[-174个|number]{+175个|number}点"),
        ("约140余名群众", "约150余名群众", "约[-140余名|number]{+150余名|number}群众"),
        ("投资1,200.5亿元", "投资1,300.5亿元", "投资[-1,200.5亿元|number]{+1,300.5亿元|number}"),
        ("完成率87%以上", "完成率88%以上", "完成率[-87%|number]{+88%|number}以上"),
        ("分三个专班", "分四个专班", "分[-三个|number]{+四个|number}专班"),
        ("时间是4月1日上午", "时间是4月2日上午", "时间是[-4月1日|date]{+4月2日|date}上午"),
        (
            "在2021年4月6日召开",
            "在2022年4月6日召开",
            "在[-2021年4月6日|date]{+2022年4月6日|date}召开",
        ),
        ("于四月六日召开", "于四月七日召开", "于[-四月六日|date]{+四月七日|date}召开"),
        ("接入WiFi网络", "接入LiFi网络", "接入[-WiFi]{+LiFi}网络"),
        ("建设5G基站", "建设6G基站", "建设[-5G|number]{+6G|number}基站"),
        ("区长苏明远带队", "代区长苏明远带队", "[-区长|title]{+代区长|title}苏明远带队"),
        ("区长苏明远带队", "区长方以宁带队", "区长[-苏明远|name]{+方以宁|name}带队"),
        ("参加的有钱　涛等", "参加的有钱涛等", "参加的有[-钱　涛|name]{+钱涛|name}等"),
    ],
)
def test_a_number_date_word_name_or_title_changes_as_a_whole(old, new, expected):
    assert told(old, new) == expected


def test_a_known_name_does_not_tear_a_longer_number():
    assert told("走进12号楼看", "走进13号楼看", Vocabulary(frozenset(["2号楼"]))) == (
        "走进[-12号|number]{+13号|number}楼看"
    )


def test_a_rare_form_of_a_name_stays_with_its_character():
    assert told("姓葛的人", "姓葛\U000e0100的人") == "姓[-葛]{+葛\U000e0100}的人"
    assert told("", "\u0301甲") == "{+\u0301甲}"


def test_chance_islands_between_changes_are_no_islands():
    old, new = "各单位要立即行动起来抓好落实", "各单位须马上行装出发抓好落实"
    assert told(old, new) == "各单位[-要立即行动起来]{+须马上行装出发}抓好落实"


def test_a_name_that_stayed_is_no_chance():
    old, new = "随后由区领导苏明远同志主持讨论", "会上听取了区领导苏明远一行详细汇报"
    assert "苏明远" in [piece.text[-3:] for piece in diff_text(old, new, PEOPLE)][0:3]
    assert "苏明远|name" not in told(old, new)


def test_unlike_texts_replace_one_another():
    assert told("城区绿化提速", "学校食堂开放日举行") == "[-城区绿化提速]{+学校食堂开放日举行}"


# ---- Bodies ----


def test_a_word_that_changed_shows_inside_its_paragraph():
    old = body("今天天气晴好。", "苏明远先后来到三处工地查看进度。", "与会者一致赞成。")
    new = body("今天天气晴好。", "苏明远先后来到三处工地查看质量。", "与会者一致赞成。")
    assert of_bodies(old, new) == [
        ("changed", "苏明远先后来到三处工地查看[-进度]{+质量}。"),
    ]


def test_paragraphs_come_go_and_move_as_wholes():
    first, second, third, fourth = (
        "春耕备播有序展开。",
        "老旧小区改造收尾。",
        "河道清淤。",
        "植树。",
    )
    moved = of_bodies(body(first, second, third, fourth), body(second, third, fourth, first))
    assert moved == [("moved_from", f"[-{first}]"), ("moved_to", f"{{+{first}}}")]
    assert of_bodies(body(first, third), body(first, second, third)) == [
        ("added", f"{{+{second}}}")
    ]
    assert of_bodies(body(first, second, third), body(first, third)) == [
        ("removed", f"[-{second}]")
    ]


def test_what_changed_in_a_paragraph_that_moved_is_not_lost():
    long = "区长苏明远在现场会上要求各部门倒排工期挂图作战确保汛期之前完工。"
    others = ("河道清淤告一段落。", "春季植树任务超额完成。", "校园安全检查全部结束。")
    blocks = diff_bodies(body(long, *others), body(*others, long.replace("区长", "代区长")), PEOPLE)
    assert [block.kind for block in blocks] == ["moved_from", "same", "same", "same", "moved_to"]
    assert shown(blocks[-1].edits).startswith("[-区长|title]{+代区长|title}苏明远")


def test_a_paragraph_that_was_parted_or_joined_keeps_its_text():
    one, two = "上午，代表们参观了三家企业。", "下午，代表们分组讨论，提出十二条建议。"
    parted = diff_bodies(body(one + two), body(one, two), PEOPLE)
    assert [shown(block.pieces) for block in parted] == [one, two]
    assert [block.notes for block in parted] == [(), ("由上一段分出",)]
    (joined,) = diff_bodies(body(one, two), body(one + two), PEOPLE)
    assert (shown(joined.pieces), joined.notes) == (one + two, ("由前后两段合并",))


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("<p>一句话</p>", "<p>一<strong>句</strong>话</p>", "加粗有改动"),
        ("<p>一句话</p>", "<p>一<em>句</em>话</p>", "斜体有改动"),
        ("<p>一句话</p>", "<h2>一句话</h2>", "由正文改为小标题"),
        ("<ul><li><p>条</p></li></ul>", "<ol><li><p>条</p></li></ol>", "由列表项改为编号项"),
        ("<p>条</p>", '<p><a href="/a/">条</a></p>', "新加链接：/a/"),
        ('<p><a href="/a/">条</a></p>', '<p><a href="/b/">条</a></p>', "链接由/a/改为/b/"),
        ('<p><a href="/a/">条</a>目</p>', '<p><a href="/a/">条目</a></p>', "链接所在的文字有改动"),
    ],
)
def test_a_change_of_form_alone_is_said_in_words(old, new, note):
    (block,) = diff_bodies(old, new, PEOPLE)
    assert (block.kind, block.notes) == ("changed", (note,))
    assert {piece.kind for piece in block.pieces} == {"same"}


def test_a_change_of_form_that_no_block_shows_is_said_too():
    old = content(fields={"body": "<ul><li><p>甲</p><p>乙</p></li></ul>"})
    new = content(fields={"body": "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>"})
    assert only(compare(old, new)).notes == ("格式有改动",)


def test_bold_on_words_that_are_new_is_no_note_of_its_own():
    (block,) = diff_bodies(
        "<p>今天，活动在广场举行。</p>",
        "<p>今天，活动在<strong>中心</strong>广场举行。</p>",
        PEOPLE,
    )
    assert (shown(block.pieces), block.notes) == ("今天，活动在{+中心}广场举行。", ())


def test_pictures_and_rules_are_blocks():
    figure = '<figure><img src="/media/a.jpg" alt="{}"><figcaption>开工</figcaption></figure>'
    blocks = diff_bodies(body("甲") + figure.format("吊车"), body("甲") + "<hr>", PEOPLE)
    assert [(block.kind, block.tag, block.alt) for block in blocks] == [
        ("same", "p", ""),
        ("removed", "img", "吊车"),
        ("removed", "figcaption", ""),
        ("added", "hr", ""),
    ]
    assert blocks[1].word == "图片"


def test_what_is_far_from_any_change_can_be_folded():
    texts = [f"第{number}段说的是另外一件事" for number in range(9)]
    blocks = diff_bodies(body(*texts), body(*texts[:8], "换成完全不同的话"), PEOPLE)
    assert [(part.folded, len(part.blocks)) for part in stretches(blocks)] == [
        (True, 7),
        (False, 3),
    ]
