# What is said in a customer service reaches whom it is written to, whoever's turn it is.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example
hind is agent hind@relation-client.example

leila writes to atlas:
  Subject: Retard
  Bonjour, je m'appelle Leila Bennani. Ma commande n° AT-48213 du 3 novembre 2026 a du retard, livraison à Tanger.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir writes:
  Subject: AT-48213
  To: SELLER
  Bonjour, le colis est-il parti ?
> advanced; svc-wait-merchant
> merchant: svc-asked (fr)

samir writes:
  Subject: AT-48213
  To: SELLER
  Et par quel transporteur ?
> noted
> merchant: svc-asked (fr)

samir answers on consumer-private:
  Bonjour Madame, nous interrogeons l'expédition.
> noted
> consumer: svc-answer (fr)

the letter to atlas bounces
> bounce
> agent: svc-turn (fr)

atlas answers:
  Bonjour, parti hier par la messagerie.
> advanced; svc-open
> agent: message (fr)

atlas answers:
  Le numéro de suivi suit.
> noted
> agent: message (fr)

leila answers:
  Je veux parler à une personne.
> noted
> consumer: svc-human (fr)
> agent: message (fr)

samir answers on consumer-private:
  Bonjour Madame, votre colis est parti hier.
> advanced; svc-wait-consumer
> consumer: svc-answer (fr)

samir writes:
  Subject: AT-48213
  To: SELLER
  Merci, et quand arrivera-t-il ?
> advanced; svc-wait-merchant
> merchant: svc-asked (fr)

samir answers on consumer-private:
  PROPOSER
  1) Le vendeur livre la commande, avant le 1er décembre 2026.
> noted
> agent: svc-draft (fr)

samir answers on desk:
  Je réfléchis encore.
> noted
> agent: svc-turn (fr)

the registrar names hind
> named
> agent: svc-new (ar)

the registrar names samir
> named
> agent: svc-new (fr)
