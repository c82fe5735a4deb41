"""What agencies and their sites are."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

SITE_KINDS: Final = known(
    window=("窗口", "window"),
    hotline_12348=("12348热线坐席", "12348 hotline desk"),
    public_platform=("公共法律服务平台", "public legal service platform"),
    workstation_host=("驻地工作站", "workstation of the host province"),
    workstation_home_province=("户籍省驻外工作站", "workstation of the home province"),
    workstation_arbitration_court=("仲裁院工作站", "workstation at the arbitration court"),
    workstation_union=("工会工作站", "workstation at a union"),
    workstation_gig_market=("零工市场工作站", "workstation at a gig market"),
    workstation_railway=("铁路车站工作站", "workstation at a railway station"),
    workstation_police=("派出所工作站", "workstation at a police station"),
    workstation_new_form=("新就业形态工作站", "workstation for new forms of work"),
    contact_point=("联络点", "contact point"),
)
SiteKind = NewType("SiteKind", Annotated[str, CODE, Known(SITE_KINDS)])
"""What a site is. Windows and workstations take cases on; the others take them in and pass them on."""


LEVELS: Final = known(
    county=("县级", "county"),
    city=("地级", "city"),
    province=("省级", "province"),
)
Level = NewType("Level", Annotated[str, CODE, Known(LEVELS)])
"""The level of a division, by its digits: 510521 is a county, 510500 a city, 510000 a province."""


AGENCY_KINDS: Final = known(
    legal_aid_centre=("法律援助中心", "legal-aid centre"),
    justice_bureau=("司法局", "justice bureau"),
    human_resources=("人力资源和社会保障部门", "human resources and social security"),
    labour_inspection=("劳动保障监察机构", "labour inspection"),
    arbitration_commission=("劳动人事争议仲裁委员会", "arbitration commission"),
    court=("人民法院", "court"),
    procuratorate=("人民检察院", "procuratorate"),
    police=("公安机关", "police"),
    emergency_management=("应急管理部门", "emergency management"),
    housing_construction=("住房和城乡建设部门", "housing and construction"),
    civil_affairs=("民政部门", "civil affairs"),
    union=("工会", "union"),
    notary=("公证机构", "notary"),
    mediation_committee=("人民调解委员会", "people's mediation committee"),
    law_firm=("律师事务所", "law firm"),
)
AgencyKind = NewType("AgencyKind", Annotated[str, CODE, Known(AGENCY_KINDS)])
"""What an agency is."""
