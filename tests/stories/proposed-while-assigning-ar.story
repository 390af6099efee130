# While a mediator is being looked for, the buyer proposes; whoever was named declines, and the seller accepts.
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

salma answers:
  أقترح
  1) البائع: يرد مبلغ 2000 درهم بتحويل بنكي قبل 15 دجنبر 2026
  2) المشترية تسحب تعليقها من الموقع قبل 20 دجنبر 2026، والمشتري راض بذلك
> noted
> consumer: proposal-help (ar)

salma answers:
  أقترح
  1) البائع: يرد مبلغ 2000 درهم بتحويل بنكي قبل 15 دجنبر 2026
  2) المشتري: سحب التعليق من الموقع قبل 20 دجنبر 2026
> noted
> consumer: proposal-draft (ar)

salma answers:
  أقترح ***
> advanced; proposal
> consumer: proposal-sent (ar)
> merchant: proposal (ar)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  REFUSER ***
> noted
> operator: assignment (fr)

wait 5 days
> on 2026-11-30 the clock rings
> merchant: proposal-reminder (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (ar)

wait 16 days

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (ar)
> merchant: closed-performed (ar)
