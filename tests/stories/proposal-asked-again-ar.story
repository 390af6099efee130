# Words over an open proposal are answered with the proposal, whoever of the two wrote them.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

salma writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم، وأسكن بمدينة الرباط،
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
  1) يعيد البائع 2000 درهم بتحويل بنكي قبل 28 دجنبر 2026
> noted
> merchant: proposal-draft (ar)

atlas answers:
  أقترح ***
> advanced; proposal
> consumer: proposal (ar)
> merchant: proposal-sent (ar)

wait 2 days

salma answers:
  السلام عليكم، هل يمكنني التفكير أكثر؟
> noted
> consumer: received (ar)
> operator: attention (fr)

wait 1 days

atlas answers:
  هل من جواب؟
> noted
> merchant: received (ar)
> operator: attention (fr)

salma answers:
  أرفض ***
> advanced; between
> consumer: proposal-closed (ar)
> merchant: proposal-closed (ar)
