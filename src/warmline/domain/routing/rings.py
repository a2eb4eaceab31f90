"""A contact's rings, from the rules of its queue: who else may be asked as it waits."""

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.rules import QueueRules, Ring

LANGUAGES = frozenset({"ko", "ja", "en"})  # skills that are needed to be understood at all: never relaxed


def rings_of(rules: QueueRules, queue_id: str, skills: tuple[SkillNeed, ...] = ()) -> tuple[Ring, ...]:
    """Return the rings of a contact with these skills in `queue_id`, in the order in which they are reached.

    Languages are needed in every ring. Overflow asks for the skills still needed at its moment; rings of the
    queue's own say what they need, and languages are added to it.
    """
    languages = tuple(need for need in skills if need.skill in LANGUAGES)
    rings: list[Ring] = []
    relax_s = rules.relax_skills_after_s if len(languages) < len(skills) else None
    if relax_s is not None:
        rings.append(Ring(relax_s, skills=languages))
    overflow_id = rules.overflow_queue_id
    if overflow_id is not None and overflow_id != queue_id:
        relaxed = relax_s is not None and relax_s <= rules.overflow_after_s
        rings.append(Ring(rules.overflow_after_s, overflow_id, languages if relaxed else skills))
        if relax_s is not None and not relaxed:
            rings.append(Ring(relax_s, overflow_id, languages))
    for ring in rules.rings:
        rings.extend(_with(ring, languages))
    return tuple(sorted(dict.fromkeys(rings), key=lambda ring: ring.after_s))


def _with(ring: Ring, languages: tuple[SkillNeed, ...]) -> list[Ring]:
    """Return the ring with languages needed as well; any of several skills becomes a ring for each."""
    if not languages:
        return [ring]
    choices = [(need,) for need in ring.skills] if ring.match == "any" and ring.skills else [ring.skills]
    return [
        Ring(
            ring.after_s,
            ring.queue_id,
            tuple(dict.fromkeys((*choice, *languages))),
            "all",
            ring.teams,
            ring.attributes,
        )
        for choice in choices
    ]
