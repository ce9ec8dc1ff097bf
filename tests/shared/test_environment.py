"""The addresses that the environment gives, as Django takes them."""

from congress import environment


def test_an_address_keeps_what_it_asks_for_beside_the_role_that_the_app_steps_down_to():
    url = "postgres://owner:p%40ss@db/congress?sslmode=require&options=-c%20role%3Dsomebody"
    said = environment.database(url, role="congress_app")["OPTIONS"]
    assert said["sslmode"] == "require"
    assert said["options"].endswith("-c role=congress_app"), "the last one counts"
    assert environment.NO_JIT in said["options"]
    assert said.items() >= environment.PREPARED.items()
    assert "congress_app" not in str(environment.database(url))
