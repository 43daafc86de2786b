"""Accounts, and the people and organisations in stories. Other packages import from here only."""

from people.models.credential import CredentialChange
from people.models.official import Appointment, Official
from people.models.organisation import Organisation, OrganisationName
from people.models.reporter import Reporter
from people.models.user import User
from people.shared.submissions import Submission

__all__ = [
    "Appointment",
    "CredentialChange",
    "Official",
    "Organisation",
    "OrganisationName",
    "Reporter",
    "Submission",
    "User",
]
