"""What an application lacks, why and what came of asking for it."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

MISSING: Final = known(
    identity_paper=("身份证明", "proof of identity"),
    application_form=("申请表", "the application form"),
    signature=("申请人签名", "the applicant's signature"),
    means_statement=("经济困难状况说明表", "the statement of means"),
    exemption_proof=("免予核查经济困难状况的证明", "proof of the exemption from the check of means"),
    claim_papers=("与申请事项有关的案件材料", "papers about what is claimed"),
    employer_details=("用人单位信息", "who the employer is"),
    relation_proof=("劳动关系或者劳务关系的证明", "proof of the relation to the employer"),
    amount_explained=("请求数额的说明", "an explanation of the amount"),
    kinship_proof=("亲属关系证明", "proof of kinship"),
    agent_authority=("代为申请的权限证明", "proof of the authority of who applies for another"),
    group_list=("群体成员名单", "the list of a group's members"),
    explanation=("对有关情况的说明", "an explanation"),
)
MissingCode = NewType("MissingCode", Annotated[str, CODE, Known(MISSING)])
"""What a file lacks (Legal Aid Law Art. 41 and 43)."""


SUPPLEMENTS: Final = known(
    papers=("材料不齐全", "papers are missing"),
    statement=("需要作出说明", "a statement is needed"),
)
SupplementCode = NewType("SupplementCode", Annotated[str, CODE, Known(SUPPLEMENTS)])
"""Why the applicants are asked to supplement their application (Legal Aid Law Art. 43)."""


PAPERS: Final = known(
    identity=("身份证明", "proof of identity"),
    application_form=("申请表", "the application form"),
    agents_authority=("代理申请人的代理权证明", "authority of who applies for another"),
    means_statement=("经济困难状况说明", "statement of means"),
    exemption_proof=("免予核查经济状况的证明", "proof that means need not be checked"),
    labour_papers=("劳动关系证明", "proof of the labour relation"),
    pay_papers=("工资或者欠条等报酬凭证", "proof of pay, such as pay slips or an IOU"),
    injury_papers=("工伤或者医疗材料", "papers on the injury"),
    case_papers=("与申请事项有关的其他材料", "other papers on the matter"),
)
PaperCode = NewType("PaperCode", Annotated[str, CODE, Known(PAPERS)])
"""What is missing from an application."""


SUPPLEMENT_RESULTS: Final = known(
    supplied=("已补充", "supplied"),
    partly_supplied=("部分补充", "supplied in part"),
    not_supplied=("逾期未补充", "not supplied in time"),
    not_needed=("不再需要", "not needed any more"),
)
SupplementResult = NewType("SupplementResult", Annotated[str, CODE, Known(SUPPLEMENT_RESULTS)])
"""What came of a request to supplement an application."""
