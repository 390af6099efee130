# A seller approves an offer after its time: both it and whoever answers in its name hear that it changed nothing. Nobody is late before the day.
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

samir answers:
  PROPOSER
  1) Le vendeur remplace la machine et rembourse 1 400 DH, au plus tard le 28 décembre 2026.

samir answers:
  PROPOSER ***

wait 4 days

atlas answers:
  ACCEPTER 7KM

samir answers:
  PROPOSER
  1) Le vendeur remplace la machine et rembourse 1 400 DH, au plus tard le 28 décembre 2026.

samir answers:
  PROPOSER ***

atlas answers:
  ACCEPTER ***

leila answers:
  ACCEPTER ***

wait 5 days

leila answers:
  PAS-FAIT ***
