# A proposal to which nobody answers lapses: silence is no acceptance, and without a mediator the mediation ends.
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
  PROPOSER : nous remboursons 900 DH sous 10 jours
> noted
> merchant: proposal-draft (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal-sent (fr)

wait 6 days
> on 2026-11-30 the clock rings
> consumer: proposal-reminder (fr)

wait 5 days
> on 2026-12-02 the clock rings
> consumer: proposal-reminder (fr)
> on 2026-12-03 the clock rings; between
> consumer: proposal-closed (fr)
> merchant: proposal-closed (fr)

wait 15 days
> on 2026-12-14 the clock rings; closed NO_AGREEMENT
> consumer: closed-no-agreement (fr)
> merchant: closed-no-agreement (fr)
