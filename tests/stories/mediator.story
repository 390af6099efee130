# A mediator is named, hears each side alone, and opens a common channel only when both agree.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example
eve is consumer eve@ailleurs.example

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
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

leila answers:
  Bonjour Madame, entre nous : je me contenterais de 1 200 dirhams, mais ne le dites pas au vendeur.
  Mon numéro est le 06 12 34 56 78.
> noted
> mediator: message (fr)

nadia answers on consumer-private:
  Merci Madame, je n'en dirai rien. Avez-vous une preuve du paiement ?
> noted
> consumer: message (fr)

atlas answers:
  Bonjour, notre transporteur a perdu le colis. Nous ne voulons pas que cela se sache.
> noted
> mediator: message (fr)

nadia answers on merchant-private:
  Merci. Que pouvez-vous proposer ?
> noted
> merchant: message (fr)

leila answers:
  PARTAGER ***
> noted
> consumer: joint-noted (fr)

atlas answers:
  PARTAGER ***
> noted
> consumer: joint-open (fr)
> merchant: joint-open (fr)
> mediator: joint-open (fr)

nadia answers on joint:
  Bonjour à tous deux, où en est le remboursement ?
> noted
> consumer: message (fr)
> merchant: message (fr)

nadia answers on joint:
  Madame, vous me disiez : je me contenterais de 1 200 dirhams, mais ne le dites pas au vendeur. Est-ce toujours vrai ?
> held:would-leak
> operator: held-digest (fr)

atlas answers on joint:
  Nous rembourserons dans la semaine. Écrivez-moi à direct@boutique-atlas.example.
> noted
> consumer: message (fr)
> mediator: message (fr)

nadia writes:
  Subject: Votre dossier
  To: leila@courrier.example
  Cc: CASE
  Pouvez-vous me rappeler votre banque ?
> noted

nadia writes:
  Subject: Vos deux messages
  To: leila@courrier.example, service@boutique-atlas.example
  Cc: CASE
  Bonjour à tous deux.
> noted

nadia writes:
  Subject: Pour avis
  To: leila@courrier.example, eve@ailleurs.example
  Cc: CASE
  Bonjour.
> held:outsider
> mediator: outsider (fr)

nadia writes:
  Subject: Note
  To: CASE
  Le vendeur semble de bonne foi.
> noted

eve writes:
  Subject: Bonjour
  To: CASE
  Où en est ce dossier ?
> held:unknown-sender

leila answers:
  GARDER ***
> noted
> consumer: joint-closed (fr)
> merchant: joint-closed (fr)
> mediator: joint-closed (fr)

nadia writes:
  Subject: Vos deux messages
  To: leila@courrier.example, service@boutique-atlas.example
  Cc: CASE
  Encore une fois bonjour à tous deux.
> noted
> mediator: joint-missing (fr)

atlas answers on joint:
  Pourquoi est-ce fermé ?
> noted
> mediator: message (fr)
