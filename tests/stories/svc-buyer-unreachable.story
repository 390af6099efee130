# Letters of a customer service to the buyer come back: no clock closes for that silence.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  Bonjour Madame, pouvez-vous préciser ?
> advanced; svc-wait-consumer
> consumer: svc-answer (fr)

the letter to leila bounces
> bounce
> agent: svc-turn (fr)

wait 15 days
> on 2026-11-26 the clock rings
> on 2026-11-30 the clock rings
> on 2026-12-07 the clock rings
> agent: buyer-unreachable (fr)
