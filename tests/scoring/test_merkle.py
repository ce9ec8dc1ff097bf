"""年度摘要: one digest for many, and a short way to it from each."""

from scoring import merkle

LEAVES = [merkle.leaf(f"2026-{number}", 5, "a" * 64, "b" * 64) for number in range(9)]


def test_from_every_leaf_of_every_list_the_way_leads_to_the_root():
    for many in range(1, 10):
        leaves = LEAVES[:many]
        for at, leaf in enumerate(leaves):
            assert merkle.climbed(leaf, merkle.path(leaves, at)) == merkle.root(leaves)


def test_the_root_changes_with_any_leaf_their_number_and_their_order():
    known = merkle.root(LEAVES)
    others = [[*LEAVES[:at], merkle.leaf("other"), *LEAVES[at + 1 :]] for at in range(len(LEAVES))]
    others += [LEAVES[:-1], [*LEAVES, LEAVES[-1]], LEAVES[::-1], []]
    assert known not in {merkle.root(each) for each in others}
    assert len({merkle.root(each) for each in others}) == len(others)


def test_a_node_cannot_pass_for_a_leaf():
    inner = bytes.fromhex(LEAVES[0]) + bytes.fromhex(LEAVES[1])
    assert merkle.leaf(inner.decode("latin-1")) != merkle.root(LEAVES[:2])


def test_no_words_run_into_each_other():
    assert merkle.leaf("2026-1", 15) != merkle.leaf("2026-11", 5)


def test_the_way_of_another_leaf_leads_elsewhere():
    way = merkle.path(LEAVES, 3)
    assert merkle.climbed(LEAVES[4], way) != merkle.root(LEAVES)
