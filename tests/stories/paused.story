# The consumer pauses and resumes; the clock stood still.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

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
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

leila answers:
  PAUSE ***
> advanced; interrupted
> consumer: paused (fr)
> merchant: paused (fr)

wait 10 days

atlas answers:
  Nous souhaitons reprendre la médiation.
> held:no-rule
> merchant: received (fr)
> operator: attention (fr)

leila answers:
  REPRENDRE ***
> advanced; invited
> consumer: resumed (fr)
> merchant: resumed (fr)

wait 11 working days
> on 2026-12-04 the clock rings
> operator: held-digest (fr)
> on 2026-12-07 the clock rings
> merchant: invitation-reminder (fr)
> operator: held-digest (fr)
> on 2026-12-08 the clock rings
> operator: held-digest (fr)
> on 2026-12-09 the clock rings
> operator: held-digest (fr)
> on 2026-12-10 the clock rings
> operator: held-digest (fr)
> on 2026-12-11 the clock rings
> operator: held-digest (fr)
> on 2026-12-14 the clock rings
> merchant: invitation-reminder (fr)
> operator: held-digest (fr)
> on 2026-12-15 the clock rings
> operator: held-digest (fr)
> on 2026-12-16 the clock rings
> operator: held-digest (fr)
> on 2026-12-17 the clock rings
> operator: held-digest (fr)
> on 2026-12-18 the clock rings
> operator: held-digest (fr)
