/** Who can sign in on the page, and whom the printed curl lines are about. */
export const demoUser = { id: 'amara-okafor', email: 'amara.okafor@example.com', password: 'a quiet lighthouse' }

const dark = { theme: 'dark' }
const light = { theme: 'light' }

/**
 * The people of the demo, in the order in which they registered: how many days ago, from which address, with which
 * clients, their preferences, and what happened to them.
 */
export const people = [
  [demoUser.id, 'Amara Okafor', 'com', 212, '192.0.2.70', 'chromeWindows chromePixel', { ...dark, language: 'en' }],
  ['jose-garcia', 'José García', 'org', 205, '192.0.2.40', 'firefoxLinux safariPhone', { language: 'es' }],
  ['mei-lin', '林美玲', 'net', 198, '203.0.113.40', 'safariMac safariPhone', { ...light, language: 'zh-TW' }],
  ['oleksandr-shevchenko', 'Олександр Шевченко', 'com', 190, '192.0.2.130', 'firefoxLinux', dark, 'failed'],
  ['eleni-papadopoulou', 'Ελένη Παπαδοπούλου', 'org', 181, '192.0.2.100', 'safariTablet', { language: 'el' }],
  ['yuki-tanaka', '田中 由紀', 'com', 170, '2001:db8:a::7', 'safariPhone chromeWindows', { newsletter: true }],
  ['layla-hassan', 'ليلى حسن', 'net', 166, '198.51.100.70', 'samsungGalaxy', { ...dark, language: 'ar' }, 'left'],
  ['priya-raman', 'பிரியா ராமன்', 'com', 158, '198.51.100.9', 'chromePixel edgeWindows', { language: 'ta' }],
  ['lukas-muller', 'Lukas Müller', 'org', 149, '192.0.2.9', 'firefoxLinux', { newsletter: false }, 'blocked'],
  ['minjun-kim', '김민준', 'com', 140, '203.0.113.11', 'samsungGalaxy chromeWindows', dark],
  ['zofia-wisniewska', 'Zofia Wiśniewska', 'net', 133, '2001:db8:c::1f', 'firefoxPhone', { language: 'pl' }],
  ['arjun-mehta', 'अर्जुन मेहता', 'org', 127, '198.51.100.14', 'chromePixel', { ...light, language: 'hi' }],
  ['noam-levi', 'נועם לוי', 'com', 120, '198.51.100.110', 'safariMac', {}, 'failed'],
  ['lucia-garcia', 'Lucía Garcia Peña', 'com', 112, '192.0.2.51', 'safariPhone', { currency: 'EUR' }],
  ['nguyen-thi-hoa', 'Nguyễn Thị Hoà', 'net', 104, '203.0.113.77', 'chromePixel', { language: 'vi' }],
  ['claire-lefevre', 'Claire Lefèvre', 'org', 96, '2001:db8:b::21', 'safariMac safariTablet', dark],
  ['giorgi-beridze', 'გიორგი ბერიძე', 'com', 90, '198.51.100.120', 'edgeWindows', {}, 'disabled'],
  ['somchai-jaidee', 'สมชาย ใจดี', 'com', 83, '203.0.113.90', 'samsungGalaxy', { language: 'th' }],
  ['ana-souza', 'Ana Souza', 'net', 77, '198.51.100.40', 'chromeWindows safariPhone', { currency: 'BRL' }, 'renamed'],
  ['anahit-petrosyan', 'Անահիտ Պետրոսյան', 'org', 70, '192.0.2.12', 'firefoxPhone', light],
  ['tigist-bekele', 'ትዕግሥት በቀለ', 'com', 61, '192.0.2.75', 'chromePixel', { newsletter: true }, 'failed blocked'],
  ['soren-oostergaard', 'Søren Østergård', 'com', 55, '192.0.2.20', 'safariMac', { ...dark, language: 'da' }],
  ['dmitri-volkov', 'Дмитрий Волков', 'net', 48, '192.0.2.140', 'chromeWindows', {}, 'blocked unblocked'],
  ['grace-mcallister', "Grace O'Hara-McAllister", 'org', 41, '198.51.100.99', 'edgeWindows safariPhone', light],
  ['haruto-sato', '佐藤 陽翔', 'com', 33, '2001:db8:a::b2', 'firefoxLinux', { language: 'ja' }, 'left'],
  ['fatima-zahra', 'فاطمة الزهراء', 'com', 26, '198.51.100.81', 'firefoxPhone', { ...light, language: 'ar' }],
  ['joao-lima', 'João Lima', 'org', 19, '198.51.100.44', 'chromePixel', { timezone: 'America/Sao_Paulo' }],
  ['nightly-importer', 'Nightly importer', 'net', 15, '203.0.113.14', 'node curl', { kind: 'machine' }],
  ['link-checker', 'Link checker', 'net', 12, '2001:db8:b::80', 'linkChecker', { kind: 'machine' }],
  ['ines-moreau', 'Inès Moreau', 'com', 6, '2001:db8:b::5a', 'chromeWindows', {}, 'disabled'],
  ['ngozi-eze', 'Ngozi Eze 🌱', 'com', 2, '192.0.2.88', 'samsungGalaxy', { theme: 'dark', newsletter: true }],
].map(([id, name, domain, joined, ip, clients, prefs, events = '']) => ({
  id,
  name,
  email: `${id.replaceAll('-', '.')}@example.${domain}`,
  joined,
  ip,
  clients: clients.split(' '),
  prefs,
  events: events.split(' '),
}))
