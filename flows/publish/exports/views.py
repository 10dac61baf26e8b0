"""Views that a database of a snapshot has, in SQL that DuckDB and SQLite understand alike."""

VIEWS = {
    "quotes": """
        SELECT published_on, publisher, speakers, cue, text, statement, said_on, title, url, confidence,
               claim_mention_id
        FROM statements WHERE attribution IN ('direct', 'mixed') AND speakers IS NOT NULL""",
    "possible_conflicts": """
        SELECT c.conflict_type, a.text AS one, b.text AS other, c.words_a, c.words_b, c.confidence, s.title AS story,
               c.conflict_id, c.claim_id_a, c.claim_id_b
        FROM claim_conflicts c JOIN claims a ON a.claim_id = c.claim_id_a JOIN claims b ON b.claim_id = c.claim_id_b
        LEFT JOIN stories s ON s.story_id = c.story_id""",
    "who_carries_what": """
        SELECT s.title AS story, c.text AS claim, v.publisher, v.stance, v.story_id, v.claim_id
        FROM coverage v JOIN stories s ON s.story_id = v.story_id JOIN claims c ON c.claim_id = v.claim_id""",
}
"""A view by its name: what was said in which words, which claims may conflict, who leaves out what others carry."""
