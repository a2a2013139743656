"""A moderator hides what does not fit the spelregels, and a colleague brings it back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import factories as make
from tests.harness.served import ServedPortal
from tests.journeys.steps import follow, go_to, link_in, look, main, press, refused, titled, told

Come = Callable[..., Page]

SECRET = "Bel Jansen thuis op, dat doe ik ook."
WHY = "U noemt iemand die hier niet om vroeg."


class TestHiddenComment:
    def test_it_leaves_its_place_to_visitors_and_comes_back(
        self, served: ServedPortal, come: Come, scripts: bool
    ) -> None:
        writer = make.make_account(name="Vera Visser")
        commitment = make.make_commitment(title="Het plan")
        comment = make.make_comment(commitment.discussion, body=SECRET, author=writer)
        make.make_comment(parent=comment, body="Dat lijkt mij niet netjes.")
        address = f"/toezeggingen/{commitment.slug}"
        page = come(make.make_moderator(name="Mo Derator"), scripts=scripts)

        page.goto(address)
        look(page)
        follow(page, "Verbergen (Vera Visser)")
        titled(page, "Reactie verbergen")
        expect(main(page)).to_contain_text(SECRET)
        press(page, "Verbergen")
        refused(page, "Kies een reden.")
        page.get_by_label("Reden").select_option("personal_facts")
        page.get_by_label("Toelichting").fill(WHY)
        press(page, "Verbergen")
        told(page, "Dit is verborgen.")

        visitor = come(scripts=scripts, width=390)
        visitor.goto(address)
        look(visitor)
        expect(main(visitor)).not_to_contain_text(SECRET)
        expect(main(visitor)).not_to_contain_text("Vera Visser")
        expect(main(visitor)).to_contain_text("Deze reactie is verborgen door de vereniging.")
        expect(main(visitor)).to_contain_text("Dat lijkt mij niet netjes.")

        mail = served.mailbox.wait_for(writer.email, "Verborgen")
        for words in ("Bevat persoonsgegevens van anderen", WHY, "heroverweging", SECRET):
            assert words in mail.text
        author = come(writer, scripts=scripts, width=320)
        author.goto(link_in(mail, "/account/reacties"))
        look(author)
        expect(main(author)).to_contain_text(WHY)
        expect(main(author)).to_contain_text(SECRET)

        colleague = come(make.make_moderator(), scripts=scripts, width=390)
        colleague.goto("/")
        go_to(colleague, "Werkvoorraad")
        work = colleague.get_by_role("navigation", name="Uw werk")
        # Folded on a narrow screen.
        work.locator("summary").click()
        work.get_by_role("link", name="Verborgen").click()
        look(colleague)
        titled(colleague, "Verborgen")
        expect(main(colleague)).to_contain_text("Mo Derator")
        follow(colleague, "Bevestigen of terugzetten Het plan")
        expect(main(colleague)).to_contain_text(WHY)
        press(colleague, "Terugzetten")
        told(colleague, "Dit is teruggezet.")

        visitor.reload()
        expect(main(visitor)).to_contain_text(SECRET)
        served.mailbox.wait_for(writer.email, "Teruggezet")


class TestHiddenCommitment:
    def test_its_address_says_so_and_its_people_read_why(self, come: Come) -> None:
        signature = make.make_signature()
        owner = make.make_account()
        make.make_membership(signature.organisation, owner, role="eigenaar")
        commitment = make.make_commitment(
            signature.organisation, title="Het plan", documents=[make.make_document()]
        )
        address = f"/toezeggingen/{commitment.slug}"
        page = come(make.make_moderator())

        page.goto(address)
        look(page)
        main(page).get_by_role("link", name="Verbergen Het plan").click()
        look(page)
        page.get_by_label("Reden").select_option("off_topic")
        page.get_by_label("Toelichting").fill(WHY)
        press(page, "Verbergen")
        titled(page, "Verborgen")

        visitor = come(width=320)
        visitor.goto(f"/en{address}")
        look(visitor)
        titled(visitor, "The association has hidden this")
        expect(main(visitor)).not_to_contain_text("Het plan")

        own = come(owner, width=390)
        own.goto(address)
        look(own)
        titled(own, "Het plan")
        expect(main(own)).to_contain_text(WHY)
