# The registrar admits without naming the merchant's address, is asked for it, and is reminded.
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
  ADMETTRE ***
> noted
> operator: merchant-missing (fr)

wait 4 working days
> on 2026-11-26 the clock rings
> operator: screening-reminder (fr)

wait 22 days
> on 2026-12-08 the clock rings
> operator: screening-reminder (fr)
> on 2026-12-14 the clock rings
> operator: screening-reminder (fr)
> on 2026-12-14 the clock rings
> consumer: still-screening (fr)
> operator: screening-reminder (fr)
> on 2026-12-17 the clock rings
> operator: screening-reminder (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)
