# Letters to the buyer come back: no clock closes for that silence.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

the letter to leila bounces
> bounce
> operator: undeliverable (fr)

wait 15 days
> on 2026-11-30 the clock rings
> on 2026-12-03 the clock rings
> on 2026-12-07 the clock rings
> on 2026-12-07 the clock rings
> operator: buyer-unreachable (fr)
