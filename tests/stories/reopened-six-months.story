# A mediation that is taken up again keeps its six months from the first day.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
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
  ADMETTRE *** contact@boutique-atlas.example fr
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

wait 80 days
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
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: exchange-stale (fr)
> on 2026-12-02 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-04 the clock rings
> mediator: morning (fr)
> on 2026-12-07 the clock rings
> mediator: morning (fr)
> on 2026-12-08 the clock rings
> mediator: morning (fr)
> on 2026-12-09 the clock rings
> mediator: morning (fr)
> on 2026-12-09 the clock rings
> mediator: exchange-stale (fr)
> on 2026-12-10 the clock rings
> mediator: morning (fr)
> on 2026-12-11 the clock rings
> mediator: morning (fr)
> on 2026-12-14 the clock rings
> mediator: morning (fr)
> on 2026-12-15 the clock rings
> mediator: morning (fr)
> on 2026-12-16 the clock rings
> mediator: morning (fr)
> on 2026-12-17 the clock rings
> mediator: morning (fr)
> on 2026-12-17 the clock rings
> mediator: exchange-stale (fr)
> on 2026-12-18 the clock rings
> mediator: morning (fr)
> on 2026-12-21 the clock rings
> mediator: morning (fr)
> on 2026-12-22 the clock rings
> mediator: morning (fr)
> on 2026-12-23 the clock rings
> mediator: morning (fr)
> on 2026-12-24 the clock rings
> mediator: morning (fr)
> on 2026-12-25 the clock rings
> mediator: morning (fr)
> on 2026-12-25 the clock rings
> mediator: exchange-stale (fr)
> on 2026-12-28 the clock rings
> mediator: morning (fr)
> on 2026-12-29 the clock rings
> mediator: morning (fr)
> on 2026-12-30 the clock rings
> mediator: morning (fr)
> on 2026-12-31 the clock rings
> mediator: morning (fr)
> on 2027-01-04 the clock rings
> mediator: morning (fr)
> on 2027-01-04 the clock rings
> mediator: exchange-stale (fr)
> on 2027-01-05 the clock rings
> mediator: morning (fr)
> on 2027-01-06 the clock rings
> mediator: morning (fr)
> on 2027-01-07 the clock rings
> mediator: morning (fr)
> on 2027-01-08 the clock rings
> mediator: morning (fr)
> on 2027-01-12 the clock rings
> mediator: morning (fr)
> on 2027-01-12 the clock rings
> mediator: exchange-stale (fr)
> on 2027-01-13 the clock rings
> mediator: morning (fr)
> on 2027-01-15 the clock rings
> mediator: morning (fr)
> on 2027-01-18 the clock rings
> mediator: morning (fr)
> on 2027-01-19 the clock rings
> mediator: morning (fr)
> on 2027-01-20 the clock rings
> mediator: morning (fr)
> on 2027-01-20 the clock rings
> mediator: exchange-stale (fr)
> on 2027-01-21 the clock rings
> mediator: morning (fr)
> on 2027-01-22 the clock rings
> mediator: mediation-ending (fr)
> mediator: morning (fr)
> on 2027-01-25 the clock rings
> mediator: morning (fr)
> on 2027-01-26 the clock rings
> mediator: morning (fr)
> on 2027-01-27 the clock rings
> mediator: morning (fr)
> on 2027-01-28 the clock rings
> mediator: morning (fr)
> on 2027-01-28 the clock rings
> mediator: exchange-stale (fr)
> on 2027-01-29 the clock rings
> mediator: morning (fr)
> on 2027-02-01 the clock rings
> mediator: morning (fr)
> on 2027-02-02 the clock rings
> mediator: morning (fr)
> on 2027-02-03 the clock rings
> mediator: morning (fr)
> on 2027-02-04 the clock rings
> mediator: morning (fr)
> on 2027-02-05 the clock rings
> mediator: morning (fr)
> on 2027-02-05 the clock rings
> mediator: exchange-stale (fr)
> on 2027-02-08 the clock rings
> mediator: morning (fr)
> on 2027-02-09 the clock rings
> mediator: morning (fr)
> on 2027-02-10 the clock rings
> mediator: morning (fr)
> on 2027-02-11 the clock rings
> mediator: mediation-ending (fr)
> mediator: morning (fr)

nadia answers:
  FIN
> noted
> mediator: command-check (fr)

wait 2 days
> on 2027-02-11 the clock rings; closed NO_AGREEMENT
> consumer: closed-no-agreement (fr)
> merchant: closed-no-agreement (fr)
> mediator: case-moved (fr)

the registrar reopens the case
> done; exchange
> consumer: reopened (fr)
> merchant: reopened (fr)
> mediator: reopened (fr)

wait 1 days
> on 2027-02-16 the clock rings
> mediator: morning (fr)

nadia answers:
  FICHE
> noted
> mediator: brief (fr)
