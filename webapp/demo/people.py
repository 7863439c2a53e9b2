"""The invented people of the demo school."""

# Username, surname, forename, role. The first eight who teach have a subject each (see `week`).
STAFF = (
    ("a.adeyemi", "Adeyemi", "Adébáyò", "Teacher"),
    ("s.obrien", "O’Brien", "Sorcha", "Teacher"),
    ("w.kowalczyk", "Kowalczyk", "Wiesława", "Teacher"),
    ("h.rahman", "Rahman", "Hafizur", "Teacher"),
    ("m.prydderch", "Prydderch", "Mabli", "Teacher"),
    ("t.nguyen", "Nguyễn", "Thanh Hà", "Teacher"),
    ("j.fairweather", "Fairweather", "Jocelyn", "Tutor"),
    ("e.demirtas", "Demirtaş", "Elif", "SENDCo"),
    ("c.quartey", "Quartey", "Comfort", "Head"),
    ("r.lindqvist", "Lindqvist", "Rut", "Senior leader"),
    ("p.okonkwo-bell", "Okonkwo-Bell", "Precious", "Office"),
    ("d.tranter", "Tranter", "Denny", "Reception"),
    ("y.haddad", "Haddad", "Yusra", "Teaching assistant"),
    ("k.wainwright", "Wainwright", "Kit", "Teaching assistant"),
)

SUBJECTS = ("English", "Maths", "Science", "Art and design", "Humanities", "Computing", "Physical education", "Food")

TUTOR, TUTOR_OF = "j.fairweather", ("7H", "7C")

GROUPS = {"7H": 7, "7C": 7, "8H": 8, "8C": 8, "9H": 9, "9C": 9, "10H": 10, "10C": 10}

# Surname, forename; twelve to a group, in the order of the groups. A third name is the one the student goes by.
STUDENTS = """
Abara,Chidubem; Ó Ceallaigh,Fiadh; Wójtowicz,Zuzanna; Begum,Tahmina; Griffiths,Osian; Trần,Gia Bảo;
Yıldırım,Defne; Warsame,Ayaan; Castellanos,Inés; Pemberton,Alfie; Agyeman,Nana Yaa; Liang,Meilin;
Fashola,Oluwaseun,Seun; Mac Giolla,Oisín; Szymańska,Maja; Hussain,Zakariya; Llewelyn-Price,Cadi; Đặng,Minh Khôi;
Al-Masri,Layan; Farah,Hodan; Ferreira,Thiago; Thistlewood,Daisy; Boateng,Kwabena; Zhou,Yichen;
Eze,Somtochukwu,Somto; D’Arcy,Caoimhe; Jabłoński,Tymoteusz; Chaudhry,Inaaya; Bevan,Macsen; Lý,Ngọc Anh;
Koç,Emir; Abdirahman,Sahra; Moreau,Élodie; Huckaby,Reggie; Asante,Adwoa; Xu,Haoran;
Balogun,Temiloluwa,Temi; Ní Dhomhnaill,Saoirse; Grabowska,Hanna; Patel,Vihaan; Cadwallader,Nesta; Hồ,Quốc Huy;
Özdemir,Nehir; Nur,Liibaan; Petrović,Mila; Butterworth,Stan; Osei-Bonsu,Akosua; Fong,Kai-Lam;
Nwachukwu,Kosisochukwu,Kosi; McGinley,Tadhg; Piątek,Oliwier; Siddiqui,Areeba; Morgan-Rees,Efan; Võ,Thảo My;
Aksoy,Kerem; Jama,Ifrah; Bălan,Ștefan; Copplestone,Poppy; Darko,Yaw; Tseng,Pei-Shan;
Ogunleye,Moyosore; O’Driscoll,Eimear; Wróbel,Gabriela; Iqbal,Rayyan; Penhaligon,Jago; Bùi,Đức Anh;
Şimşek,Ada; Elmi,Bilan; Haddow,Rowan; Sithole,Nomvula; Amoah,Ekow; Gurung,Prakriti;
Okafor-Lynch,Ikenna; Brannigan,Dáithí; Nowicka,Lena; Kaur,Jasleen; Vaughan,Lleucu; Phan,Bảo Trâm;
El-Khoury,Nour; Guled,Zakariye; Lehtinen,Aino; Sugden,Harvey; Ofori,Abena; Wen,Zihan;
Adewale,Ireoluwa,Ire; Ó Súilleabháin,Cillian; Mazurek,Antoni; Choudhury,Sumaiya; Bowen,Tegan; Huỳnh,Gia Hân;
Tekin,Mira; Cabdi,Xaawo; Kovács,Bence; Ackroyd,Jean-Luc; Mensah,Esi; Rai,Bishal
"""
