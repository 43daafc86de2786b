"""What people in the news do: words that follow a name, and words of events."""

import re

from articles.importing.parser.words import any_of, listed

#: Saying and asking.
SPEAKING = re.compile(any_of("saying"))
#: Going to see; of the words of one character each also means something else.
VISITING = any_of("visiting")
#: Roles of an attendance, the weightiest first, with the words for each.
ROLES = {
    role: any_of(f"role {role}")
    for role in ("主持并讲话", "讲话", "主持", "带队", "汇报", "陪同", "列席", "参加")
}
_ALL = listed("saying", "visiting", "following", *(f"role {role}" for role in ROLES))
#: A word after which it is sure that a name has ended before it: none of one character is.
FOLLOWING = re.compile("|".join(word for word in _ALL if len(word) > 1))
#: Single characters after which it is likely, not sure, that a name has ended.
WEAKLY_FOLLOWING = frozenset(
    "到赴说问称访率从在对向给把被让是不也还又都便就才则却为用以靠来去种养笑骑乘坐站住的了和与及同随系"
    "男女今身想常总只仅未无有能可应须需要愿仍再更最很另其他她这那此该致登抵代兼指蹲正曾已将任获讲自因"
    "救等带作做先每听看走谈亲并由当告边"
)
#: Words that begin as a surname does. A name is none of them.
NO_NAME = frozenset(listed("no name"))
