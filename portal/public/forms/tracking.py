"""Typing a code."""

from flask_wtf.file import FileField
from wtforms import StringField, ValidationError

from portal.reference.texts import text
from portal.sealing.tracking_code import (
    BadTrackingCode,
    GroupWrong,
    LooksLikeReference,
    Parsed,
    TooLong,
    TooManyUnreadable,
    TooShort,
    parse,
)
from portal.text.decode import decoded
from portal.web.forms import PortalForm
from portal.web.house import current_house

LONGEST_CODE = 1000
LONGEST_FILE = 4096


class CodeForm(PortalForm):
    """One field that takes the code in every usual spelling."""

    code = StringField("查询码")
    parsed: Parsed

    def validate_code(self, field: StringField) -> None:
        """Read the code, or say what is wrong with it.

        :raises wtforms.ValidationError: with what to look at on the paper.
        """
        typed = field.data or ""
        if len(typed) > LONGEST_CODE:
            raise ValidationError("太长了，请只填24位查询码")
        try:
            self.parsed = parse(typed)
        except BadTrackingCode as error:
            raise ValidationError(explained(error)) from error


class TrackForm(CodeForm):
    """The code typed, or the small file that it was kept in; what was typed comes first."""

    file = FileField("或者选先前存下的小文件（chaxun.txt）")

    def validate_code(self, field: StringField) -> None:
        """Read what was typed, when anything was or no file was chosen.

        :raises wtforms.ValidationError: with what to look at on the paper.
        """
        if (field.data or "").strip() or not self.file.data:
            super().validate_code(field)

    def validate_file(self, field: FileField) -> None:
        """Read the code out of the file, when nothing was typed.

        :raises wtforms.ValidationError: with what is wrong with the file.
        """
        if (self.code.data or "").strip() or not field.data:
            return
        data = field.data.read(LONGEST_FILE + 1)
        if len(data) > LONGEST_FILE:
            raise ValidationError("这个文件太大，不是存查询码的小文件。请换一个，或者在上面填数字")
        try:
            self.parsed = parse(decoded(data))
        except BadTrackingCode as error:
            raise ValidationError(f"这个文件里没有读出查询码：{explained(error)}") from error


def explained(error: BadTrackingCode) -> str:
    """Return the sentence that tells a person what to do about a bad code."""
    match error:
        case TooShort(count=count):
            return text("track.too_short", n=count) if count else "请填24位查询码"
        case TooLong(count=count):
            return f"查询码是24位，您填了{count}位。请看看是不是多填了数字"
        case GroupWrong(group=group):
            return text("track.group5_wrong" if group == 5 else "track.group_wrong", n=group)
    return _explained_by_kind(error)


def _explained_by_kind(error: BadTrackingCode) -> str:
    if isinstance(error, LooksLikeReference):
        return text("track.is_reference", phone=current_house().settings.body.phone)
    if isinstance(error, TooManyUnreadable):
        return "看不清的太多了，算不出来。前5组里最多只能有一位看不清"
    return "有数字抄错了，请对着纸，从第1组到第6组逐组核对"
