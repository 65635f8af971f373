/**
 * What the generated people are made of: by region, the most frequent names first, as their owners write them. Behind a
 * slash is the spelling for an e-mail address, where taking case and accents away does not make one.
 */
import { fold } from '../dist/src/domain/search-text.js'

/** `share` is out of 100; `familyFirst` says how a name is written. */
export const regions = [
  {
    share: 23,
    given: `James Mary John Sarah Michael Emma David Olivia Daniel Jessica Thomas Emily Chris Laura Zoe Andrew Alice`,
    family: `Smith Johnson Williams Brown Jones Miller Davis Wilson Taylor Anderson Thomas Moore O’Brien/obrien Clark
      Walker Hughes Fitzgerald MacDonald`,
  },
  {
    share: 13,
    given: `María José Juan Carmen Luis Ana Carlos Lucía Miguel Sofía Javier Elena Ángel Inés Iñaki Begoña`,
    family: `García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Núñez Ibáñez Muñoz Peña`,
  },
  {
    share: 7,
    given: `João Maria Pedro Ana Lucas Beatriz Gabriel Inês Tiago Conceição Rafael Letícia Luís Mônica`,
    family: `Silva Santos Oliveira Souza Pereira Costa Rodrigues Almeida Nascimento Araújo Magalhães Guimarães`,
  },
  {
    share: 7,
    given: `Anna Lukas Lena Jürgen/juergen Sophie Jan Björn/bjoern Hannah Käthe/kaethe Max Jörg/joerg Leonie Stefan`,
    family: `Müller/mueller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer/schaefer Koch Groß Köhler/koehler`,
  },
  {
    share: 6,
    given: `Jean Marie Pierre Chloé Lucas Camille François Zoë Théo Inès Léa Hélène Étienne Noël Anaïs`,
    family: `Martin Bernard Dubois Thomas Robert Petit Lefèvre Moreau Girard Bonnet Garnier Chevalier François Gauthier`,
  },
  {
    share: 4,
    given: `Marco Giulia Luca Francesca Andrea Chiara Matteo Sara Alessandro Martina Niccolò Desirée`,
    family: `Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Conti D’Angelo/dangelo`,
  },
  {
    share: 4,
    given: `Anna Piotr Katarzyna Łukasz Małgorzata Tomasz Agnieszka Paweł Zofia Michał Żaneta Stanisław`,
    family: `Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Woźniak Szymański Wojciechowski`,
  },
  {
    share: 4,
    given: `Mehmet Ayşe Mustafa Fatma Ahmet Zeynep Ali Elif İbrahim/ibrahim Şule Oğuz Çağla Işıl`,
    family: `Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç`,
  },
  {
    share: 3,
    given: `Anna Søren Emma Åsa Lars Ingrid Mikkel Bjørn Astrid Jón/jon Sigríður/sigridur Ørjan`,
    family: `Hansen Johansson Jensen Andersson Nielsen Østergård Lindström Bjørnstad Þórsdóttir/thorsdottir Virtanen Åberg`,
  },
  {
    share: 3,
    given: `Maria Ştefan Andrei Ioana Zsófia/zsofia László Réka Jiří Kateřina Ondřej Dvořák Tomáš`,
    family: `Popescu Ionescu Nagy Kovács Tóth Szabó Novák Svoboda Dvořák Černý Procházka Ţurcanu`,
  },
  {
    share: 3,
    given: `Anh Linh Hương Minh Đức Thảo Tuấn Mai Quỳnh Hải Ngọc`,
    family: `Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ`,
    familyFirst: true,
  },
  {
    share: 5,
    given: `Ольга/olga Александр/alexander Елена/elena Дмитро/dmytro Наталья/natalia Сергей/sergey Анна/anna Иван/ivan
      Татьяна/tatiana Михаил/mikhail Ірина/iryna Фёдор/fyodor`,
    family: `Иванова/ivanova Петров/petrov Шевченко/shevchenko Смирнов/smirnov Кузнецова/kuznetsova Попов/popov
      Соколова/sokolova Бондаренко/bondarenko Ткаченко/tkachenko Королёв/korolev`,
  },
  {
    share: 1.5,
    given: `Μαρία/maria Γιώργος/giorgos Ελένη/eleni Νίκος/nikos Κατερίνα/katerina Δημήτρης/dimitris Σοφία/sofia Ιωάννης/ioannis`,
    family: `Παπαδόπουλος/papadopoulos Γεωργίου/georgiou Νικολάου/nikolaou Δημητρίου/dimitriou Οικονόμου/oikonomou
      Παπαϊωάννου/papaioannou`,
  },
  {
    share: 4,
    given: `محمد/mohammed فاطمة/fatima أحمد/ahmed مريم/maryam علي/ali نور/noor عمر/omar ليلى/layla يوسف/yousef رضا/reza`,
    family: `الحسن/alhassan محمدی/mohammadi خان/khan حسین/hussain العلي/alali منصور/mansour الخطيب/alkhatib رضایی/rezaei`,
  },
  {
    share: 1,
    given: `נועה/noa דוד/david יעל/yael משה/moshe תמר/tamar אבי/avi`,
    family: `כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz ביטון/biton`,
  },
  {
    share: 4,
    given: `प्रिया/priya राहुल/rahul अनिता/anita संजय/sanjay दीपा/deepa अमित/amit नेहा/neha विजय/vijay`,
    family: `शर्मा/sharma सिंह/singh कुमार/kumar गुप्ता/gupta वर्मा/verma पटेल/patel`,
  },
  {
    share: 2,
    given: `অনিতা/anita রহিম/rahim সুমন/suman নাসরিন/nasrin তানভীর/tanvir লক্ষ্মী/lakshmi`,
    family: `দাস/das রহমান/rahman ইসলাম/islam আক্তার/akter চৌধুরী/chowdhury`,
  },
  {
    share: 1,
    given: `கவிதா/kavitha முருகன்/murugan செல்வி/selvi அருண்/arun`,
    family: `சுப்பிரமணியன்/subramanian கிருஷ்ணன்/krishnan பாண்டியன்/pandian`,
  },
  {
    share: 1.5,
    given: `สมชาย/somchai สมหญิง/somying นภา/napa กิตติ/kitti ปราณี/pranee`,
    family: `ใจดี/jaidee ศรีสุข/srisuk แก้วมณี/kaewmanee ทองดี/thongdee`,
  },
  {
    share: 5,
    given: `伟/wei 芳/fang 秀英/xiuying 敏/min 静/jing 强/qiang 磊/lei 洋/yang 雪梅/xuemei 志明/zhiming`,
    family: `王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 欧阳/ouyang`,
    familyFirst: true,
  },
  {
    share: 3,
    given: `さくら/sakura 健太/kenta ゆい/yui 翔/sho 美咲/misaki ハルカ/haruka 大輔/daisuke アンナ/anna`,
    family: `佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe`,
    familyFirst: true,
  },
  {
    share: 3,
    given: `민준/minjun 서연/seoyeon 지훈/jihoon 수진/sujin 현우/hyunwoo 은지/eunji`,
    family: `김/kim 이/lee 박/park 최/choi 정/jung 남궁/namgung`,
    familyFirst: true,
  },
  {
    share: 3,
    given: `Oluwaseun Chinedu Ngozi Ọláyínká Kwame Amina Thandiwe Sipho Zanele Aroha`,
    family: `Okonkwo Adébáyọ̀ Mensah Diallo Traoré Dlamini Nkosi Mthembu Balogun Ngata`,
  },
  { share: 0.5, given: `გიორგი/giorgi ნინო/nino თამარ/tamar`, family: `ბერიძე/beridze კაპანაძე/kapanadze` },
  { share: 0.5, given: `Արմեն/armen Անահիտ/anahit`, family: `Պետրոսյան/petrosyan Սարգսյան/sargsyan` },
  { share: 0.5, given: `አበበ/abebe ሰላም/selam ዳዊት/dawit`, family: `ተስፋዬ/tesfaye በቀለ/bekele` },
].map((region) => ({ ...region, given: pairsOf(region.given), family: pairsOf(region.family) }))

function pairsOf(names) {
  return names.split(/\s+/).map((entry) => {
    const [name, spelling = fold(name)] = entry.split('/')
    return [name, spelling]
  })
}

/** All of them, each as the name and its spelling for an e-mail address. */
export const givenNames = regions.flatMap(({ given }) => given)
export const familyNames = regions.flatMap(({ family }) => family)

export const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'curl/8.7.1',
]
