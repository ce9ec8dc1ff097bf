from congress.shared.admin.accounts import PostAdmin, UserAdmin
from congress.shared.admin.base import ReadOnlyAdmin, ReferenceAdmin
from congress.shared.admin.reference import OrganisationAdmin
from congress.shared.admin.rules import SettingAdmin

__all__ = [
    "OrganisationAdmin",
    "PostAdmin",
    "ReadOnlyAdmin",
    "ReferenceAdmin",
    "SettingAdmin",
    "UserAdmin",
]
