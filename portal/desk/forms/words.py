"""The desk's own terms, as staff read them."""

from portal.desk.domain.identity_requests import Standing
from portal.desk.domain.roles import Role

ROLE_NAMES: dict[Role, str] = {
    Role.CLERK: "受理员",
    Role.HANDLER: "承办人",
    Role.ANALYST: "分析员",
    Role.CUSTODIAN_A: "身份保管人（甲组）",
    Role.CUSTODIAN_B: "身份保管人（乙组）",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDITOR: "审计管理员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
}
ROLE_HINTS = {
    "clerk": "登记、打开新收的举报，受理、询问、答复、办结",
    "handler": "办理交给本部门的举报",
    "clerk,handler": "两样都做",
    "analyst": "只看统计，打不开举报",
    "custodian_a": "写明理由，请求打开实名举报人的身份；看不到身份，也看不到举报",
    "custodian_b": "同意或者拒绝甲组的请求；同意后看10分钟，看不到举报",
    "security_administrator": "管人员和登记链接，打不开举报",
    "auditor": "只看审计记录",
    "system_administrator": "管工作日历，打不开举报",
}
KEY_KINDS = {
    "intake": "收件密钥",
    "office": "部门密钥",
    "statistics": "统计密钥",
    "custodian_a": "身份保管甲组密钥",
    "custodian_b": "身份保管乙组密钥",
}
CHANGES = {
    "take-on": "添加人员",
    "roles": "改角色",
    "let-go": "停用账号",
    "link": "发登记链接",
}
STANDING_WORDS: dict[Standing, str] = {
    Standing.WAITING: "等乙组处理",
    Standing.OPEN: "已同意，正在看",
    Standing.OVER: "已同意，10分钟已过",
    Standing.REFUSED: "没有同意",
    Standing.EXPIRED: "没有人处理，作废",
}
PURPOSE_NAMES = {"reply": "回答", "add": "补充", "withdraw": "撤回申请", "review": "复查申请"}
PRESSED_NAMES = {
    "yes": "反映人说：有人要求撤回",
    "no": "反映人说：没有人要求撤回",
    "unsaid": "有没有人要求撤回：反映人不想说",
}
ACT_NAMES = {
    "signed-in": "登录",
    "signed-out": "退出",
    "sign-in-refused": "登录没有成功",
    "proof-refused": "身份核对没有通过",
    "link-issued": "发登记链接",
    "enrolled": "完成登记",
    "person-added": "添加人员",
    "roles-changed": "改角色",
    "person-let-go": "停用人员",
    "change-proposed": "提出人员变动",
    "change-confirmed": "确认人员变动",
    "change-withdrawn": "撤掉人员变动",
    "change-expired": "人员变动过期",
    "passphrase-changed": "改口令",
    "recovery-code-used": "用掉一个备用码",
    "recovery-codes-made": "换备用码",
    "phone-changed": "换手机",
    "passkey-added": "登记通行密钥",
    "passkey-removed": "删掉通行密钥",
    "passkey-refused": "通行密钥的计数倒退，没有通过",
    "key-imported": "导入密钥",
    "key-granted": "授予密钥",
    "case-claimed": "领取",
    "case-released": "放回",
    "case-taken-over": "接过来办",
    "case-opened": "首次打开",
    "case-entered": "登记来信来访来电",
    "slip-issued": "出领取单",
    "words-sent": "把写过的话发给反映人",
    "case-read": "查看",
    "case-words-read": "看来信补充",
    "case-accepted": "受理",
    "case-asked": "请补充",
    "case-started": "开始办理",
    "case-replied": "答复",
    "case-closed": "办结",
    "statistics-read": "查看统计",
    "statistics-exported": "下载统计表",
    "key-made": "生成密钥",
    "key-retired": "密钥停用",
    "key-deleted": "删除停用的密钥",
    "lockdown": "封锁",
    "lockdown-lifted": "解除封锁",
    "case-assigned": "交办",
    "case-handed-over": "转交同事",
    "case-noted": "写内部记录",
    "case-recused": "回避",
    "recusal-added": "回避名单加一条",
    "recusal-removed": "回避名单去一条",
    "leave-begun": "请假",
    "leave-ended": "结束请假",
    "office-opened": "新设部门",
    "office-renamed": "部门改名",
    "office-closed": "撤销部门",
    "office-joined": "编入部门",
    "office-left": "调出部门",
    "identity-asked": "请求打开身份",
    "identity-agreed": "同意打开身份",
    "identity-refused": "拒绝打开身份",
    "identity-viewed": "看身份",
    "identity-request-read": "看打开身份的请求",
    "call-recorded": "登记电话",
    "case-transferred": "转送",
    "case-out-of-scope": "不属受理范围",
    "case-reopened": "重新接收",
    "case-withdrawal-noted": "回应撤回申请",
    "case-review-started": "开始复查",
    "case-review-closed": "复查办结",
    "body-added": "添加常用机关",
    "body-dropped": "去掉常用机关",
    "message-retried": "重试一条内外网消息",
    "case-extended": "延期",
    "calendar-changed": "改工作日历",
}
CLOCK_NAMES = {
    "look": "首次查看",
    "accept": "告知是否受理",
    "assign": "交办或者转送",
    "result": "反馈结果",
    "answer": "反映人回答",
}


def role_names(roles: frozenset[Role] | tuple[Role, ...]) -> str:
    """Return a person's roles in one line, in the table's order."""
    return "、".join(name for role, name in ROLE_NAMES.items() if role in roles)
