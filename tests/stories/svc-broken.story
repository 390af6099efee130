# What a customer service promised was not done: its final position tells it as agreed, and the merchant that it is still owed.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Produit défectueux
  Bonjour, je m'appelle Leila Bennani. Ma cafetière est en panne, commande n° AT-48213. Je demande l'échange du produit.

samir answers:
  PROPOSER
  1) Le vendeur rembourse 300 DH, au plus tard le 15 décembre 2026.

samir answers:
  PROPOSER ***

leila answers:
  ACCEPTER ***

wait 23 days

leila answers:
  PAS-FAIT ***

leila answers:
  MÉDIATION ***
