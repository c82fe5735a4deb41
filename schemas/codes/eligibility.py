"""Whether aid can be given before anybody decides: means, scope, and where a claim can be brought."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

MEANS_MEASURES: Final = known(
    minimum_living=("最低生活保障标准", "the minimum living standard"),
    minimum_wage=("最低工资标准", "the minimum wage"),
    disposable_income=("居民人均可支配收入", "the disposable income a head"),
    fixed_amount=("固定数额", "a fixed amount"),
)
MeansMeasure = NewType("MeansMeasure", Annotated[str, CODE, Known(MEANS_MEASURES)])
"""What a province measures hardship by (Legal Aid Law Art. 34)."""


MEANS_RESULTS: Final = known(
    exempt=("免予核查经济困难状况", "exempt from the check of means"),
    within=("符合经济困难标准", "within the standard of hardship"),
    above=("不符合经济困难标准", "above the standard of hardship"),
    to_be_checked=("待核查经济困难状况", "means are to be checked"),
)
MeansResult = NewType("MeansResult", Annotated[str, CODE, Known(MEANS_RESULTS)])
"""Whether means stand against legal aid."""


EXEMPTIONS: Final = known(
    hero_kin=("英雄烈士近亲属维护英烈人格权益", "kin of heroes and martyrs who defend their good name"),
    brave_conduct=("因见义勇为主张民事权益", "a claim from brave conduct"),
    retrial_acquitted=("再审改判无罪请求国家赔偿", "acquitted on retrial, claims state compensation"),
    abuse_victim=("遭受虐待、遗弃或者家庭暴力", "a victim of abuse, desertion or domestic violence"),
    no_fixed_income=(
        "无固定生活来源的未成年人、老年人、残疾人等",
        "a minor, old or disabled person without income",
    ),
    on_relief=("社会救助、司法救助或者优抚对象", "on social or judicial relief, or entitled to special care"),
)
ExemptionCode = NewType("ExemptionCode", Annotated[str, CODE, Known(EXEMPTIONS)])
"""What exempts from the check of means, beside claims of migrant workers (Legal Aid Law Art. 32 and 42)."""


FORUMS: Final = known(
    mediation=("调解", "mediation"),
    labour_inspection=("劳动保障监察", "labour inspection"),
    arbitration=("劳动仲裁", "arbitration"),
    court=("诉讼", "a suit"),
)
Forum = NewType("Forum", Annotated[str, CODE, Known(FORUMS)])
"""Where a claim can be brought."""


ELIGIBILITY_REASONS: Final = known(
    scope_pay=("请求支付劳动报酬", "a claim for pay"),
    scope_labour_relation=(
        "请求确认劳动关系或者支付劳动报酬",
        "a claim that there is a labour relation, or for pay",
    ),
    scope_injury=("请求人身损害赔偿", "a claim for personal injury"),
    scope_social_insurance=("请求社会保险待遇", "a claim for social insurance"),
    scope_local=("须有法律、法规、规章另行规定", "in scope only where another law or the province says so"),
    migrant_claims_pay=("进城务工人员请求支付劳动报酬", "a migrant worker claims pay"),
    migrant_claims_injury=(
        "进城务工人员请求工伤事故人身损害赔偿",
        "a migrant worker claims for a work injury",
    ),
    income_not_known=("家庭收入待说明", "the income of the household is not known"),
    standard_not_known=("当地标准数额待确认", "the figure of the local standard is not known"),
    within_standard=("家庭人均收入不高于标准", "the income a head is not above the standard"),
    above_standard=("家庭人均收入高于标准", "the income a head is above the standard"),
    mediation_is_voluntary=("双方自愿可以调解", "both sides may mediate if they want to"),
    inspection_may_order_payment=("可以向劳动保障监察机构投诉", "labour inspection may order payment"),
    arbitration_first=("劳动争议先行仲裁", "a labour dispute goes to arbitration first"),
    wage_iou=("持工资欠条可以直接起诉", "with a wage IOU one may sue at once"),
    no_labour_relation=("劳务关系直接起诉", "without a labour relation one sues"),
    against_who_caused_it=("向侵权人请求赔偿", "the claim is against who caused the harm"),
    relation_quasi=(
        "不完全符合劳动关系：主张劳动关系的仲裁，否则起诉",
        "to arbitration if a labour relation is claimed, else to court",
    ),
    relation_unknown=(
        "关系待查明：有劳动关系的仲裁，否则起诉",
        "to arbitration if there is a labour relation, else to court",
    ),
)
EligibilityReason = NewType(
    "EligibilityReason", Annotated[str, CODE, Known({**ELIGIBILITY_REASONS, **EXEMPTIONS})]
)
"""Why a matter is in scope, means do or do not matter, or a way is open."""
