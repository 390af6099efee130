# The seller asks for a mediator and proposes before one is named; the proposal is refused. When nobody writes, the mediator is asked to, and after a refused proposal steps down; then the seller grants all that was asked.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example
sami is mediator sami@mediateurs.example

salma writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.
> opened; incomplete
> consumer: acknowledgement (ar)

salma answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (fr)

atlas answers:
  MÉDIATION ***
> advanced; assigning
> consumer: mediation-agreement (ar)
> merchant: mediation-agreement (fr)
> operator: assignment (fr)

atlas answers:
  PROPOSER
  1) Nous livrons un téléphone neuf sous 30 jours.
> noted
> merchant: proposal-draft (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal-sent (fr)

salma answers:
  أرفض ***
> advanced; between
> consumer: proposal-closed (ar)
> merchant: proposal-closed (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (ar)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

wait 11 days
> on 2026-11-30 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-02 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings; exchange
> mediator: exchange-stale (fr)
> on 2026-12-04 the clock rings
> mediator: morning (fr)

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 1 900 DH, au plus tard le 30 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal (fr)
> mediator: proposal-sent (fr)

atlas answers:
  REFUSER ***
> advanced; exchange
> consumer: proposal-closed (ar)
> merchant: proposal-closed (fr)
> mediator: proposal-result (fr)

atlas answers:
  PROPOSER
  1) Nous remboursons 1 000 DH sous 10 jours.
> noted
> merchant: proposal-draft (fr)
> mediator: message (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal-sent (fr)
> mediator: brief (fr)

salma answers:
  أرفض ***
> advanced; exchange
> consumer: proposal-closed (ar)
> merchant: proposal-closed (fr)
> mediator: proposal-result (fr)

nadia answers:
  REFUSER ***
> advanced; assigning
> consumer: mediator-changed (ar)
> merchant: mediator-changed (fr)
> operator: assignment (fr)

the registrar names sami
> named
> mediator: mission (fr)

sami answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (ar)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

salma answers:
  سحب ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (ar)
> merchant: closed-withdrawn (fr)
> mediator: case-moved (fr)
