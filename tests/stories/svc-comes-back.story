# A letter to the buyer of a customer service comes back, and later the buyer rests the complaint and takes it up again.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Produit défectueux
  Bonjour, je m'appelle Leila Bennani. Ma cafetière est en panne, commande n° AT-48213. Je demande l'échange du produit.

samir answers:
  Bonjour Madame, pouvez-vous préciser la panne ?

the letter to leila bounces

leila answers:
  Je souhaite retirer ma réclamation.

wait 1 days

leila answers:
  REPRENDRE ***
