"""The courses of documents' results over days: what is to come with nothing new, and what was on each day."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from engine.advising.course import courses
from engine.evaluating.order import Plan
from engine.model.course import Course
from engine.model.evaluation import Rejection
from engine.model.period import iso_text
from engine.model.problem import InputError, Problem
from engine.model.subject import Subject
from engine.reading.subject import id_of_subject
from engine.usecases.documents import Documents
from engine.usecases.evaluate import refusals
from engine.usecases.listener import Listener

LONGEST = 100 * 366
"""Days that are looked at most; nobody plans further, and a policy that looks at every day is evaluated on each."""


class CourseRequest(Struct, frozen=True):
    """From which day to which (ordinals, both looked at), of one subject and of one policy where they are named."""

    first: int
    last: int
    subject: str | None = None
    policy: str | None = None


class Courses(Struct, frozen=True):
    """The courses in the order of the documents, their subjects by id, and the documents that are refused."""

    courses: tuple[Course, ...]
    subjects: Mapping[str, Subject]
    refused: tuple[Rejection, ...]

    @property
    def rejected(self) -> bool:
        """Whether a document is refused, or a result is a rejection on the first day."""
        return bool(self.refused) or any(isinstance(course.turns[0].outcome, Rejection) for course in self.courses)


def follow_documents(
    plan_on: Callable[[int], Plan], documents: Documents, request: CourseRequest, listener: Listener
) -> Courses:  # fmt: skip
    """The courses of documents by what runs on each day; InputError where the days are none, or the subject is not there."""
    _require_days(request.first, request.last)
    subjects = [document for document in documents if isinstance(document, Subject)]
    refused = [
        line for document in documents if not isinstance(document, Subject) for line in refusals(document, request.first)
    ]
    request = _normalised(request, {subject.id for subject in subjects})
    steps = listener.steps("days_evaluated")
    walked = courses(plan_on, subjects, request.first, request.last, lambda day: steps.step())
    steps.end()
    chosen = _asked_for(walked, subjects, request)
    mine = (subject.id for subject in subjects if request.subject in (None, subject.id))
    idle = set(mine) - {course.subject for course in walked}
    listener.notice(Problem("nothing_applies", ("model",), {"id": name}, "warning") for name in sorted(idle))
    if request.policy is not None and walked and not chosen:
        listener.notice([Problem("policy_idle", ("model",), {"policy": request.policy}, "warning")])
    return Courses(tuple(chosen), {subject.id: subject for subject in subjects}, tuple(refused))


def _normalised(request: CourseRequest, known: Container[str]) -> CourseRequest:
    """The subject by its id, however its code is written; InputError where it is not there."""
    if request.subject is None or request.subject in known:
        return request
    name = id_of_subject(request.subject)
    if name not in known:
        raise InputError([Problem("subject_unknown", values={"id": request.subject})])
    return replace(request, subject=name)


def _require_days(first: int, last: int) -> None:
    if last < first or last - first > LONGEST:
        code = "course_backwards" if last < first else "course_too_long"
        raise InputError([Problem(code, values={"first": iso_text(first), "last": iso_text(last)})])


def _asked_for(walked: Iterable[Course], subjects: Iterable[Subject], request: CourseRequest) -> list[Course]:
    """In the order of the subjects, each one's in running order."""
    place = {subject.id: number for number, subject in enumerate(subjects)}
    chosen = [
        course for course in walked if request.subject in (None, course.subject) and request.policy in (None, course.policy)
    ]
    return sorted(chosen, key=lambda course: place[course.subject])
