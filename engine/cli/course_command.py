"""What `forecast` and `history` have in common: documents in, the courses of their results out."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import get_terminal_size

from engine.cli.options import language, policy_paths, print_problems
from engine.cli.progress import TERMINAL
from engine.cli.text_output import json_text, output_to
from engine.reading.library_cache import open_library
from engine.usecases.concerned import plan_concerned, read_concerned
from engine.usecases.course import CourseRequest, Courses, follow_documents
from engine.usecases.output.checked import check_outputs, check_text, policy_files
from engine.usecases.policies import require_policy

WIDTH = 120
"""Columns where the output is no terminal."""


def tell_courses(
    inputs: tuple[Path, ...], request: CourseRequest, form: str, output: Path | None, policies: Path | None
) -> int:
    """Exit code 1 where a document is refused, or a result is a rejection on the first day."""
    folders = policy_paths(policies)
    check_outputs([output], (*inputs, *policy_files(folders)))
    if output is not None:
        check_text(output, form)
    shelf = open_library(folders)
    if request.policy is not None and request.policy not in shelf.outline.policies():
        require_policy(shelf.whole(), request.policy)
    documents = read_concerned(shelf, inputs, request.first, TERMINAL)
    courses = follow_documents(lambda day: plan_concerned(shelf, documents, day), documents, request, TERMINAL)
    with output_to(output) as write:
        write(_json(courses, output) if form == "json" else _text(courses, output))
    if form != "json":
        print_problems(problem for refused in courses.refused for problem in refused.problems)
    return 1 if courses.rejected else 0


def _json(courses: Courses, output: Path | None) -> str:
    from engine.rendering.course_json import course_json
    from engine.rendering.evaluation_json import evaluation_json

    lines = [course_json(course, language()) for course in courses.courses]
    lines += [evaluation_json(refused, language()) for refused in courses.refused]
    return "".join(f"{json_text(line, output, 2 if len(lines) == 1 else None)}\n" for line in lines)


def _text(courses: Courses, output: Path | None) -> str:
    from engine.rendering.course_text import courses_text, page_of

    on_terminal = output is None and os.isatty(1)
    width = get_terminal_size().columns if on_terminal else WIDTH
    colours = None if output is None and not on_terminal else on_terminal
    return courses_text(courses.courses, page_of(courses.courses, courses.subjects, language()), width, colours)
