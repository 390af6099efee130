# In a mediation an answer to what is over, and what no rule speaks of, is a private word to the mediator; its author hears that it changed nothing.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani

leila answers:
  CONFIRMER ***

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr

atlas answers:
  MÉDIATION ***

the registrar names nadia

nadia answers:
  ACCEPTER ***

atlas answers:
  DÉLAI
  Entre nous, notre trésorerie est vide, nous ne pourrons payer que 900 dirhams.

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 1 200 DH par virement, au plus tard le 28 décembre 2026.

nadia answers:
  PROPOSER ***

wait 1 days

leila answers:
  REFUSER ***

wait 2 days

leila answers:
  ACCEPTER 6DT

wait 1 days

leila answers:
  PAUSE ***

atlas answers:
  REFUSER TYQ
  Entre nous, nous ne paierons jamais plus de 900 dirhams.
