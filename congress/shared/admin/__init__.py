from congress.shared.admin.accounts import PostAdmin, UserAdmin
from congress.shared.admin.base import ReadOnlyAdmin, ReferenceAdmin
from congress.shared.admin.reference import OrganisationAdmin

__all__ = ["OrganisationAdmin", "PostAdmin", "ReadOnlyAdmin", "ReferenceAdmin", "UserAdmin"]
