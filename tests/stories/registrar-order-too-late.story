# An order of the registrar's that comes to nothing is answered, and no letter prints it.
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

the letter to atlas bounces

wait 1 days

registrar answers:
  ADMETTRE RT7 nouveau@boutique-atlas.example fr

registrar answers:
  CLORE RT7
