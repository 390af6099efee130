# A complaint in Arabic names a listed shop in Arabic letters; another one like it is only suggested, so that an address is needed.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
youssef is consumer youssef@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@atlas-deco.example
the registry has Atlas Déco; أطلس ديكو at service@atlas-deco.example in fr

salma writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  البائع: شركة أطلس ديكو
  اقتنيت هاتفا بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.
> opened; incomplete
> consumer: acknowledgement (ar)

salma answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE ***
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (fr)

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (ar)
> merchant: closed-performed (fr)

youssef writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: يوسف الإدريسي
  البائع: متجر أطلس ديكو المغرب
  اقتنيت مصباحا بتاريخ 5 نونبر 2026، رقم الطلب: AT-59324، بمبلغ 400 درهم،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.
> opened; incomplete
> consumer: acknowledgement (ar)

youssef answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE ***
> noted
> operator: merchant-missing (fr)

registrar answers:
  REJETER *** R_SCOPE
> advanced; closed INADMISSIBLE
> consumer: rejected (ar)
