# The same in Arabic: the seller asks first, the registrar asks the buyer and answers the seller.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

salma writes:
  Subject: طلب لم يصل
  السلام عليكم، اسمي سلمى العلوي. اشتريت يوم 3 نونبر 2026 آلة قهوة من موقع boutique-atlas.example،
  رقم الطلب: AT-48213، بمبلغ 640 درهم. ولم أتوصل بأي شيء رغم تذكيري لهم يوم 12 نونبر. أطلب استرجاع المبلغ.
  سلمى العلوي
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
  السلام عليكم، لم نجد هذا الطلب عندنا. بأي اسم سُجل؟
> noted
> merchant: received (ar)
> operator: attention (fr)

registrar answers:
  سؤال: المشتري
  لم يجد البائع هذا الطلب: بأي اسم سُجل؟ وهل يمكن أن نخبره بذلك؟
> noted
> consumer: message (ar)

salma answers:
  سُجل باسم أختي، وكان يجب تسليم الطرد في المكتب. نعم، يمكنكم إخباره بذلك.
> noted
> operator: attention (fr)

registrar answers:
  سؤال: البائع
  سُجل الطلب باسم فرد من الأسرة، على أن يُسلم الطرد في المكتب.
> noted
> merchant: message (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (ar)
> operator: attention (fr)

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (ar)
> merchant: closed-performed (ar)
