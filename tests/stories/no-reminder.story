# A mediator keeps reminders from leaving: one about points, and the first of a proposal; the second one leaves, and one that is not planned is refused.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  MÉDIATION ***
> advanced; assigning
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

nadia answers:
  DEMANDER V 3 j
  1. À quelle date le colis a-t-il été remis ?
> noted
> merchant: points (fr)
> mediator: points-noted (fr)

nadia answers:
  SANS RELANCE A
> noted
> mediator: no-reminder (fr)

nadia answers:
  SANS RELANCE tout
> noted
> mediator: order-help (fr)

nadia answers:
  SANS RELANCE V
> noted
> mediator: command-check (fr)

wait 6 days
> on 2026-11-23 the clock rings
> on 2026-11-24 the clock rings
> mediator: morning (fr)
> on 2026-11-25 the clock rings
> mediator: morning (fr)
> on 2026-11-26 the clock rings
> mediator: morning (fr)
> on 2026-11-27 the clock rings
> mediator: morning (fr)
> on 2026-11-30 the clock rings
> mediator: morning (fr)

leila answers:
  PROPOSER
  1. Le vendeur rembourse 1 300 DH avant le 15 décembre 2026.
> noted
> consumer: proposal-draft (fr)
> mediator: message (fr)

leila answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal-sent (fr)
> merchant: proposal (fr)
> mediator: brief (fr)

nadia answers:
  NO REMINDER
> noted
> mediator: command-check (fr)

nadia answers:
  ANNULER ***
> noted
> mediator: command-undone (fr)

nadia answers:
  دون تذكير: البائع
> noted
> mediator: command-check (fr)

wait 6 days
> on 2026-11-30 the clock rings
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-02 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-04 the clock rings
> mediator: morning (fr)
> on 2026-12-07 the clock rings
> mediator: morning (fr)

wait 4 days
> on 2026-12-08 the clock rings
> mediator: morning (fr)
> on 2026-12-09 the clock rings
> merchant: proposal-reminder (fr)
> mediator: morning (fr)
> on 2026-12-10 the clock rings
> mediator: morning (fr)
> on 2026-12-10 the clock rings; exchange
> consumer: proposal-closed (fr)
> merchant: proposal-closed (fr)
> mediator: proposal-result (fr)
> on 2026-12-11 the clock rings
> mediator: morning (fr)
