"""What coordinators join, on sentences with their tags as a tagger gives them."""

import pytest

from flows.extract.syntax.clauses import clauses
from tests.builders.tagged_text import words


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In/IN Bonn/NNP ,/, he/PRP shot/VBD and/CC killed/VBD the/DT agent/NN Otto/NNP ./.",
            ["in bonn , he shot and killed the agent otto"],
        ),
        (
            "Brandt/NNP met/VBD with/IN —/: and/CC apologized/VBD to/IN —/: the/DT mayor/NN ./.",
            ["brandt met with — and apologized to — the mayor"],
        ),
        (
            "It/PRP is/VBZ the/DT week/NN the/DT mayor/NN and/CC owner/NN have/VBP met/VBN ./.",
            ["it is the week the mayor and owner have met"],
        ),
        (
            "It/PRP came/VBD after/IN faults/NNS in/IN Rome/NNP ,/, Oslo/NNP and/CC Bonn/NNP cut/VBD lines/NNS ./.",
            ["it came after faults in rome , oslo and bonn cut lines"],
        ),
        (
            "The/DT mill/NN closed/VBD in/IN May/NNP and/CC the/DT men/NNS were/VBD sent/VBN home/RB ./.",
            ["the mill closed in may", "the men were sent home"],
        ),
        (
            "Word/NN that/IN he/PRP had/VBD paid/VBN and/CC meant/VBD to/TO stay/VB there/RB came/VBD late/RB ./.",
            ["word that he had paid and meant to stay there came late"],
        ),
        (
            "We/PRP are/VBP going/VBG to/TO meet/VB and/CC have/VBP a/DT vigil/NN for/IN them/PRP ./.",
            ["we are going to meet and have a vigil for them"],
        ),
        (
            "Aas/NNP is/VBZ calm/JJ and/CC thankful/JJ that/IN Moe/NNP paid/VBD all/DT debts/NNS ./.",
            ["aas is calm and thankful that moe paid all debts"],
        ),
        (
            "But/CC so/RB far/RB ,/, the/DT mill/NN leaks/VBZ ./.",
            ["so far , the mill leaks"],
        ),
        ("The/DT mill/NN burned/VBD and/CC staff/NN have/VBP left/VBN ./.", ["the mill burned", "staff have left"]),
        (  # what denies a clause is a part of it
            "Aas/NNP did/VBD not/RB pay/VB ,/, nor/CC did/VBD she/PRP meet/VB the/DT staff/NN ./.",
            ["aas did not pay", "nor did she meet the staff"],
        ),
        (  # predicates in a row
            "They/PRP met/VBD ,/, sang/VBD old/JJ songs/NNS and/CC left/VBD the/DT hall/NN early/RB ./.",
            ["they met , sang old songs and left the hall early"],
        ),
        (
            "It/PRP was/VBD so/RB old/JJ that/IN towns/NNS sold/VBD it/PRP and/CC bought/VBD a/DT new/JJ one/NN ./.",
            ["it was so old that towns sold it and bought a new one"],
        ),
        (
            "Aas/NNP said/VBD that/IN the/DT mill/NN failed/VBD him/PRP and/CC blamed/VBD the/DT old/JJ owner/NN ./.",
            ["aas said that the mill failed him", "blamed the old owner"],
        ),
        (  # "the maid" alone is no subject of "were"
            "Police/NNS say/VBP Aas/NNP and/CC his/PRP$ maid/NN were/VBD held/VBN in/IN Brod/NNP ./.",
            ["police say aas and his maid were held in brod"],
        ),
        (  # what a coordinator joins is less than a clause where none stands before it
            "Firms/NNS that/WDT deal/VBP in/IN stocks/NNS and/CC bonds/NNS lost/VBD a/DT fortune/NN ./.",
            ["firms that deal in stocks and bonds lost a fortune"],
        ),
        (
            "He/PRP left/VBD after/IN rain/NN fell/VBD and/CC the/DT town/NN flooded/VBD ./.",
            ["he left", "after rain fell and the town flooded"],
        ),
        (
            "Towns/NNS passed/VBD it/PRP ,/, and/CC more/JJR and/CC more/JJR states/NNS follow/VBP them/PRP ./.",
            ["towns passed it", "more and more states follow them"],
        ),
        (
            "Oil/NN was/VBD sold/VBN ,/, and/CC mills/NNS of/IN Aas/NNP ,/, Moe/NNP ,/, and/CC Lund/NNP "
            "were/VBD shut/VBN ./.",
            ["oil was sold , and mills of aas , moe , and lund were shut"],
        ),
        (
            "But/CC in/IN May/NNP ,/, when/WRB it/PRP rained/VBD hard/RB ,/, Aas/NNP swept/VBD ,/, sang/VBD and/CC "
            "left/VBD town/NN early/RB ./.",
            ["in may , aas swept , sang and left town early", "when it rained hard"],
        ),
        (
            "Aas/NNP swore/VBD he/PRP would/MD come/VB and/CC to/TO date/NN has/VBZ sent/VBN one/CD letter/NN ./.",
            ["aas swore he would come", "to date has sent one letter"],
        ),
        (
            "Every/DT day/NN ,/, when/WRB they/PRP left/VBD ,/, Aas/NNP swept/VBD the/DT yard/NN ./.",
            ["every day , when they left , aas swept the yard"],
        ),
        (
            "The/DT mill/NN ,/, which/WDT Aas/NNP owns/VBZ ,/, burned/VBD last/JJ May/NNP ./.",
            ["the mill , burned last may", "which aas owns"],
        ),
        (
            "Aas/NNP joins/VBZ towns/NNS and/CC firms/NNS in/IN this/DT and/CC I/PRP will/MD pay/VB ./.",
            ["aas joins towns and firms in this", "i will pay"],
        ),
        (
            "Aas/NNP ,/, who/WP was/VBD hurt/VBN and/CC had/VBD slept/VBN for/IN weeks/NNS ,/, left/VBD town/NN ./.",
            ["aas , left town", "who was hurt and had slept for weeks"],
        ),
        (
            "He/PRP got/VBD up/RP after/IN a/DT count/NN but/CC spent/VBD the/DT round/NN on/IN ropes/NNS ./.",
            ["he got up after a count", "spent the round on ropes"],
        ),
        (
            "Unlike/IN Oslo/NNP ,/, which/WDT is/VBZ a/DT port/NN ,/, Bonn/NNP grew/VBD fast/RB ./.",
            ["unlike oslo , bonn grew fast", "which is a port"],
        ),
        (
            "Aas/NNP met/VBD Moe/NNP (/-LRB- 12/CD )/-RRB- ,/, but/CC the/DT game/NN ended/VBD early/RB ./.",
            ["aas met moe ( 12 )", "the game ended early"],
        ),
        (
            "Aas/NNP sells/VBZ boats/NNS and/CC parts/NNS of/IN old/JJ boats/NNS they/PRP find/VBP in/IN May/NNP ./.",
            ["aas sells boats and parts of old boats they find in may"],
        ),
        (
            "Aas/NNP asked/VBD crews/NNS to/TO make/VB sure/JJ men/NNS and/CC women/NNS are/VBP apart/RB now/RB ./.",
            ["aas asked crews to make sure men and women are apart now"],
        ),
        (
            "All/DT rest/VBP when/WRB sailing/VBG in/IN May/NNP ,/, but/CC Aas/NNP has/VBZ slept/VBN there/RB ./.",
            ["all rest when sailing in may", "aas has slept there"],
        ),
        (
            "She/PRP sang/VBD her/PRP$ most/RBS loved/VBN and/CC praised/VBD songs/NNS in/IN Bonn/NNP ./.",
            ["she sang her most loved and praised songs in bonn"],
        ),
    ],
)
def test_clauses_are_cut_where_a_coordinator_joins_them(sentence, expected):
    found = [" ".join(word.form for word in clause.words) for clause in clauses(words(sentence))]
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("In/IN May/NNP she/PRP well/RB planned/VBD it/PRP but/CC woke/VBD up/RP too/RB late/RB ./.", "she"),
        ("The/DT firm/NN grew/VBD fast/RB and/CC then/RB sold/VBD its/PRP$ mill/NN in/IN Bonn/NNP ./.", "the firm"),
        (
            "He/PRP met/VBD Aas/NNP ,/, who/WP had/VBD slept/VBN long/RB and/CC was/VBD hurt/VBN in/IN May/NNP ./.",
            "aas",
        ),
        (
            "The/DT court/NN freed/VBD Aas/NNP ,/, who/WP had/VBD slept/VBN ,/, and/CC fined/VBD the/DT mill/NN 40/CD "
            "euros/NNS ./.",
            "the court",
        ),
        ("Aas/NNP went/VBD home/RB and/CC in/IN 2012/CD became/VBD the/DT mayor/NN of/IN Bonn/NNP ./.", "aas"),
        ("Aas/NNP fell/VBD ill/JJ and/CC soon/RB after/IN sold/VBD the/DT old/JJ mill/NN in/IN Bonn/NNP ./.", "aas"),
    ],
)
def test_a_predicate_shares_the_subject_of_the_one_before(sentence, subject):
    last = clauses(words(sentence))[-1]
    assert last.kind == "coordinate"
    assert " ".join(word.form for word in last.subject) == subject
