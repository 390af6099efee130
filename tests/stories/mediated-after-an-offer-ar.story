# The seller's own offer is not enough; a mediator proposes, and the seller takes an acceptance back before accepting after all.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

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
  ADMETTRE *** service@boutique-atlas.example ar
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (ar)

atlas answers:
  أقترح
  1) نحن نرسل هاتفا آخر خلال 20 يوما
> noted
> merchant: proposal-draft (ar)

atlas answers:
  أقترح ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal-sent (ar)

salma answers:
  أرفض ***
> advanced; between
> consumer: proposal-closed (ar)
> merchant: proposal-closed (ar)

atlas answers:
  وساطة ***
> advanced; assigning
> consumer: mediation-agreement (ar)
> merchant: mediation-agreement (ar)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (ar)
> merchant: mediator-named (ar)
> mediator: mission-accepted (fr)

salma answers:
  السلام عليكم، أفضل استرجاع المبلغ كاملا، ويمكنني الانتظار إلى نهاية الشهر.
> noted
> mediator: message (fr)

nadia answers on consumer-private:
  Merci Madame, je vois ce que le vendeur peut faire.
> noted
> consumer: message (ar)

nadia answers on desk:
  PROPOSER
  Une solution rapide pour tout le monde.
> noted
> mediator: proposal-help (fr)

nadia answers on desk:
  PROPOSER
  1) Le vendeur rembourse 2 300 DH par virement, au plus tard le 28 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal (ar)
> mediator: proposal-sent (fr)

atlas answers:
  أقبل ***
> noted
> merchant: acceptance-noted (ar)

atlas answers:
  تراجع ***
> noted
> merchant: acceptance-withdrawn (ar)

wait 3 days

atlas answers:
  أقبل ***
> noted
> merchant: acceptance-noted (ar)

salma answers:
  أقبل ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (ar)
> mediator: case-moved (fr)

wait 31 days

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (ar)
> merchant: closed-performed (ar)
> mediator: case-moved (fr)
