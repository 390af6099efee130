# In the middle of a mediation the seller leaves; nothing of what was proposed binds anybody.
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
  أقترح
  1) أريد حلا سريعا
> noted
> consumer: proposal-help (ar)
> mediator: message (fr)

atlas answers:
  أقترح
> noted
> merchant: proposal-help (ar)
> mediator: message (fr)

atlas answers:
  أقترح
  1) نحن نرد 500 درهم خلال 10 أيام
> noted
> merchant: proposal-draft (ar)
> mediator: message (fr)

atlas answers:
  إنهاء ***
> advanced; closed ENDED_BY_MERCHANT
> consumer: closed-ended (ar)
> merchant: closed-ended (ar)
> mediator: case-moved (fr)
