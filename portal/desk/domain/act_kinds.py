"""The kinds of acts: where each may begin, where it leads, and the words that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.exchange.statements import REVIEW, WITHDRAW

QUESTION = "question"
ANSWER = "answer"

RECEIVED = "received"
NEED_MORE = "need_more"
ACCEPTED = "accepted"
IN_PROGRESS = "in_progress"
TRANSFERRED = "transferred"
OUT_OF_SCOPE = "out_of_scope"
CLOSED = "closed"
UNDER_REVIEW = "under_review"

NOT_SEALED = frozenset(
    {RECEIVED, ACCEPTED, IN_PROGRESS, TRANSFERRED, OUT_OF_SCOPE, CLOSED, UNDER_REVIEW}
)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One kind of act.

    `state` is where it leads (None: the case stays where it is), `starts` where it may begin, and
    `waiting` where it may begin while an answer is waited for, by the state before the question.
    `takes_up` is the reporter's wish that it settles, without which it makes no sense;
    `by_another` says that it is done by somebody who has not got the case, and then has it.
    `purpose` is what its words are for the citizen, `templates` the sentences a clerk may start
    from, `place` the label of the place or body that it names, `place_blank` where that goes in
    the words, and `audited` the act's name in the audit log.
    """

    code: str
    audited: str
    label: str
    state: str | None
    starts: frozenset[str]
    waiting: frozenset[str] = frozenset()
    takes_up: str = ""
    by_another: bool = False
    place: str = ""
    place_blank: str = ""
    purpose: str = ANSWER
    words_needed: bool = True
    templates: tuple[str, ...]
    afterwards: str

    @property
    def template(self) -> str:
        """The sentences that a clerk starts from unless others are chosen."""
        return self.templates[0]


ACTS: Mapping[str, Act] = {
    act.code: act
    for act in (
        Act(
            code="accept",
            audited="case-accepted",
            label="受理",
            state=ACCEPTED,
            starts=frozenset({RECEIVED}),
            waiting=frozenset({RECEIVED, ACCEPTED}),
            words_needed=False,
            templates=("您反映的关于〔事情〕的问题，我们已经受理。",),
            afterwards="接下来：由别的部门办的，点“交办给部门”；自己办的，点“开始办理”；有话要问反映人，点“请补充”。",
        ),
        Act(
            code="start",
            audited="case-started",
            label="开始办理",
            state=IN_PROGRESS,
            starts=frozenset({ACCEPTED}),
            waiting=frozenset({ACCEPTED, IN_PROGRESS}),
            words_needed=False,
            templates=("您反映的问题正在办理。〔可以告诉反映人的话〕",),
            afterwards="接下来：办完后点“办结”；中间有话要告诉反映人，点“答复”。",
        ),
        Act(
            code="review-start",
            audited="case-review-started",
            label="开始复查",
            state=UNDER_REVIEW,
            starts=frozenset({CLOSED}),
            takes_up=REVIEW,
            by_another=True,
            words_needed=False,
            templates=("您对〔事情〕办理情况的复查申请已经收到，由没有办过这件事的人再看一遍。",),
            afterwards="接下来：这件由您复查。看完后点“复查办结”；有话要问反映人，点“请补充”。",
        ),
        Act(
            code="review-close",
            audited="case-review-closed",
            label="复查办结",
            state=CLOSED,
            starts=frozenset({UNDER_REVIEW}),
            waiting=frozenset({UNDER_REVIEW}),
            templates=(
                "您申请复查的〔事情〕，我们重新看过了：原来的办理是妥当的。〔理由，可以告诉反映人的〕",
                "您申请复查的〔事情〕，我们重新看过了：原来办理中〔哪一点〕不妥当，已经改正。〔可以告诉反映人的结果〕",
                "您申请复查的〔事情〕，您补充的情况我们核对过了：〔可以告诉反映人的结果〕。",
            ),
            afterwards="接下来：不用再做什么。反映人会看到“已办理完毕”和复查的答复。",
        ),
        Act(
            code="close",
            audited="case-closed",
            label="办结",
            state=CLOSED,
            starts=frozenset({ACCEPTED, IN_PROGRESS}),
            waiting=frozenset({RECEIVED, ACCEPTED, IN_PROGRESS}),
            templates=(
                "您反映的〔事情〕已经按规定办理完毕。〔可以告诉反映人的结果〕。感谢您的监督。",
                "您反映的〔事情〕，经核对，情况属实，已经按规定处理，〔钱物或者事情怎么纠正的〕。感谢您的监督。",
                "您反映的〔事情〕，经核对，部分情况属实，属实的已经按规定处理：〔可以告诉反映人的结果〕。",
                "您反映的〔事情〕，经核对，没有发现您说的情况。〔核对了什么，可以告诉反映人的〕。您有新的情况，可以申请复查。",
                "您反映的〔事情〕，现有内容不够具体，我们没有办法再核对下去。您有新的情况，可以申请复查。",
            ),
            afterwards="接下来：不用再做什么。反映人会看到“已办理完毕”和您的答复。",
        ),
        Act(
            code="need-more",
            audited="case-asked",
            label="请补充",
            state=NEED_MORE,
            starts=frozenset({RECEIVED, ACCEPTED, IN_PROGRESS, UNDER_REVIEW}),
            purpose=QUESTION,
            templates=(
                "您写的〔哪件事〕，我们想再问清楚：\n一、〔问题〕\n知道多少写多少，不清楚就写“不清楚”。",
            ),
            afterwards="接下来：等反映人回答。回答一到，这件会回到原来的状态，并排在首页。",
        ),
        Act(
            code="reply",
            audited="case-replied",
            label="答复",
            state=None,
            starts=NOT_SEALED,
            waiting=NOT_SEALED,
            templates=("关于您反映的〔事情〕，现在可以告诉您：〔内容〕。",),
            afterwards="接下来：反映人下次查询时会看到。状态没有变。",
        ),
        Act(
            code="transfer",
            audited="case-transferred",
            label="转送",
            state=TRANSFERRED,
            starts=frozenset({RECEIVED, ACCEPTED, IN_PROGRESS}),
            place="转送给哪个机关",
            place_blank="〔机关〕",
            templates=("您反映的〔事情〕，按规定由〔机关〕办理，我们已经转送。",),
            afterwards="接下来：不用再做什么。反映人会看到“已转送”。材料按规定另行移交。",
        ),
        Act(
            code="out-of-scope",
            audited="case-out-of-scope",
            label="不属受理范围",
            state=OUT_OF_SCOPE,
            starts=frozenset({RECEIVED}),
            waiting=frozenset({RECEIVED}),
            place="这件事该找哪里",
            place_blank="〔去处〕",
            templates=(
                "您反映的〔事情〕，按规定不由我们受理。这件事可以找〔去处〕。",
                "您反映的〔事情〕，已经由法院或者仲裁机构处理，按规定不由我们受理。对结果不服的，可以找〔去处〕。",
            ),
            afterwards="接下来：不用再做什么。反映人补充了新情况的，会排在首页，可以点“重新接收”。",
        ),
        Act(
            code="reopen",
            audited="case-reopened",
            label="重新接收",
            state=RECEIVED,
            starts=frozenset({OUT_OF_SCOPE}),
            words_needed=False,
            templates=("您补充的〔情况〕我们看了，会把您反映的问题再看一遍。",),
            afterwards="接下来：像新收的一样，决定受理、转送或者请补充。",
        ),
        Act(
            code="withdraw-note",
            audited="case-withdrawal-noted",
            label="回应撤回申请",
            state=None,
            starts=NOT_SEALED,
            waiting=NOT_SEALED,
            takes_up=WITHDRAW,
            templates=(
                "您的撤回申请我们看到了。您反映的问题，按规定还要办理；不用您再做什么。",
                "您的撤回申请我们看到了。您反映的〔事情〕，我们不再继续办理。",
                "您的撤回申请我们看到了。要是有人逼您撤回，请告诉我们：打电话，或者点“补充材料”。您反映的问题会继续办理。",
            ),
            afterwards="接下来：反映人会看到您的话。要停办的，再点“办结”；不停办的，照常办。",
        ),
    )
}
