# Whoever asks a customer service for a person is answered, and not closed for silence.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant sav@boutique-atlas.example
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

leila answers:
  HUMAIN
> noted
> consumer: svc-human (fr)
> agent: message (fr)

samir answers:
  Bonjour Madame, pouvez-vous préciser votre ville ?
> advanced; svc-wait-consumer
> consumer: svc-answer (fr)

wait 1 days

leila answers:
  Je veux parler à un responsable !
> advanced; svc-open
> consumer: svc-human (fr)
> agent: message (fr)

wait 2 days
> on 2026-11-25 the clock rings
> agent: svc-turn (fr)

samir answers:
  PROPOSER
  1) Le vendeur rembourse 1 400 DH, au plus tard le 28 décembre 2026.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-wait-approval
> merchant: svc-approve (fr)
> agent: svc-sent (fr)

atlas answers:
  ACCEPTER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

wait 4 days
> on 2026-11-30 the clock rings
> consumer: svc-reminder (fr)

leila answers:
  HUMAIN
> noted
> consumer: svc-human (fr)
> agent: message (fr)

wait 4 days
> on 2026-12-03 the clock rings
> consumer: svc-reminder (fr)

leila answers:
  REFUSER ***
> advanced; svc-deadlock
> consumer: svc-final (fr)
> agent: svc-turn (fr)

wait 10 days
> on 2026-12-11 the clock rings
> consumer: svc-final (fr)

leila answers:
  HUMAIN
> noted
> consumer: svc-human (fr)
> agent: message (fr)
