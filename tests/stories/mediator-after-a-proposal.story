# A proposal of the seller is open when the seller asks for a mediator instead; the buyer's unreadable proposal is handed back with an example.
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
  ADMETTRE *** service@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  PROPOSER
  1) Nous livrons sous 10 jours.
> noted
> merchant: proposal-draft (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal-sent (fr)

leila answers:
  PROPOSER
  Il faudrait un geste commercial.
> noted
> consumer: proposal-help (fr)

atlas answers:
  MÉDIATION
> noted
> merchant: charter-asked (fr)

atlas answers:
  MÉDIATION ***
> advanced; assigning
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)
> operator: assignment (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: not-counted (fr)
> operator: attention (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

leila answers:
  PROPOSER
  1) Le vendeur rembourse 1 200 DH avant le 20 décembre 2026.
> noted
> consumer: proposal-draft (fr)
> mediator: message (fr)

leila answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal-sent (fr)
> merchant: proposal (fr)
> mediator: brief (fr)

wait 11 days
> on 2026-11-27 the clock rings
> mediator: morning (fr)
> on 2026-11-30 the clock rings
> merchant: proposal-reminder (fr)
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-02 the clock rings
> merchant: proposal-reminder (fr)
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings; exchange
> consumer: proposal-closed (fr)
> merchant: proposal-closed (fr)
> mediator: proposal-result (fr)
> on 2026-12-04 the clock rings
> mediator: morning (fr)

leila answers:
  RÉGLÉ ***
> advanced; closed SETTLED_DIRECT
> consumer: closed-settled (fr)
> merchant: closed-settled (fr)
> mediator: case-moved (fr)
