/**
 * Agents as the programs of 2024 to 2026 send them, and what each says: `system | client | device`, with `-` for what the text
 * does not say, or says of every one of its kind.
 */
export const agents: readonly (readonly [told: string, agent: string])[] = [
  // Desktop.
  [
    'Windows 10 | browser Chrome 143.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  ],
  [
    'Windows 10 | browser Chrome 131.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Windows 10 | browser Chrome 109.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
  ],
  [
    'Windows 7 | browser Chrome 109.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
  ],
  [
    'Windows 10 | browser Microsoft Edge 143.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0',
  ],
  [
    'Windows 10 | browser Microsoft Edge 130.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
  ],
  [
    'Windows 10 | browser Opera 125.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0',
  ],
  [
    'Windows 10 | browser Opera 110.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0 (Edition GX)',
  ],
  [
    'Windows 10 | browser Vivaldi 7.3.3635.9 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36 Vivaldi/7.3.3635.9',
  ],
  [
    'Windows 10 | browser Yandex Browser 25.8.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36',
  ],
  [
    'Windows 10 | browser NAVER Whale Browser 4.33.325.17 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Whale/4.33.325.17 Safari/537.36',
  ],
  [
    'Windows 10 | browser Firefox 145.0 Gecko | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  ],
  [
    'Windows 10 | browser Firefox 128.0 Gecko | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
  ],
  [
    'Windows 10 | browser Firefox 128.0 Gecko | desktop',
    'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0',
  ],
  [
    'Windows 7 | browser Firefox 115.0 Gecko | desktop',
    'Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0',
  ],
  [
    'Windows 10 | browser Internet Explorer 11.0 Trident | desktop',
    'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
  ],
  [
    'macOS 10.15.7 | browser Chrome 143.0.0.0 Blink | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  ],
  [
    'macOS 10.15.7 | browser Chrome 126.0.0.0 Blink | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  ],
  [
    'macOS 10.15.7 | browser Microsoft Edge 140.0.0.0 Blink | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  ],
  [
    'macOS 10.15.7 | browser Opera 123.0.0.0 Blink | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0',
  ],
  [
    'macOS 10.15.7 | browser Safari 26.1 WebKit | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  ],
  [
    'macOS 10.15.7 | browser Safari 18.5 WebKit | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  ],
  [
    'macOS 10.15.7 | browser Safari 17.4.1 WebKit | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15',
  ],
  [
    'macOS 10.15 | browser Firefox 145.0 Gecko | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0',
  ],
  [
    'macOS 10.15 | browser Firefox 125.0 Gecko | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:125.0) Gecko/20100101 Firefox/125.0',
  ],
  [
    'Linux | browser Chrome 142.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  ],
  [
    'Linux | browser Firefox 144.0 Gecko | desktop',
    'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  ],
  [
    'Ubuntu | browser Firefox 133.0 Gecko | desktop',
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  ],
  [
    'Fedora | browser Firefox 136.0 Gecko | desktop',
    'Mozilla/5.0 (X11; Fedora; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0',
  ],
  [
    'Linux | browser Microsoft Edge 140.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  ],
  [
    'Linux | browser Epiphany 18.4 WebKit | desktop',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15 Epiphany/605.1.15',
  ],
  [
    'Chrome OS 14541.0.0 | browser Chrome 142.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  ],
  [
    'Chrome OS 15917.71.0 | browser Chrome 127.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; CrOS aarch64 15917.71.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36',
  ],
  [
    'FreeBSD | browser Firefox 132.0 Gecko | desktop',
    'Mozilla/5.0 (X11; FreeBSD amd64; rv:132.0) Gecko/20100101 Firefox/132.0',
  ],
  [
    'Windows 10 | app Discord 1.0.9211 | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) discord/1.0.9211 Chrome/134.0.6998.205 Electron/35.3.0 Safari/537.36',
  ],
  [
    'macOS 10.15.7 | app Slack 4.45.64 | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Slack_SSB/4.45.64 Chrome/138.0.7204.97 Electron/37.2.0 Safari/537.36 Sonic Slack_SSB/4.45.64',
  ],
  [
    'Windows 10 | app Microsoft Teams 25060.205.3499.6849 | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36 Edg/132.0.0.0 Teams/25060.205.3499.6849',
  ],
  // Iphone.
  [
    'iOS 26.2 | browser Safari 26.2 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.2 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.1 | browser Safari 26.1 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.0 | browser Safari 26.0 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.0.1 | browser Safari 26.0.1 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0.1 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.7 | browser Safari 18.7 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.6.2 | browser Safari 18.6 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.5 | browser Safari 18.5 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.1.1 | browser Safari 18.1.1 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1.1 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 17.6.1 | browser Safari 17.6 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 16.7.10 | browser Safari 16.6 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_7_10 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 15.8.3 | browser Safari 15.6.6 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_8_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6.6 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.0.1 | browser Chrome 141.0.7390.69 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390.69 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.6 | browser Chrome 139.0.7258.76 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/139.0.7258.76 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 17.7 | browser Chrome 131.0.6778.73 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.5 | browser Firefox 140.0 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15',
  ],
  [
    'iOS | browser Firefox 145.0 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15',
  ],
  [
    'iOS 18.6.0 | browser Microsoft Edge 139.0.3405.86 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 EdgiOS/139.0.3405.86 Mobile/15E148 Safari/605.1.15',
  ],
  [
    'iOS 17.7.2 | browser Microsoft Edge 131.0.2903.68 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_7_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 EdgiOS/131.0.2903.68 Mobile/15E148 Safari/605.1.15',
  ],
  [
    'iOS 18.5 | browser Opera Touch 5.6.1 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 OPT/5.6.1',
  ],
  [
    'iOS 17.5 | browser DuckDuckGo 7 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15',
  ],
  // Ipad.
  [
    'iPadOS 26.1 | browser Safari 26.1 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS 18.6 | browser Safari 18.6 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS 17.7.2 | browser Safari 17.7 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 17_7_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS 16.7.8 | browser Safari 16.6 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 16_7_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS 18.5 | browser Chrome 138.0.7204.119 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.7204.119 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS | browser Chrome 139 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/139 Version/11.1.1 Safari/605.1.15',
  ],
  [
    'iPadOS | browser Chrome 143 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/143 Version/11.1.1 Safari/605.1.15',
  ],
  [
    'iPadOS | browser Firefox 140.0 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Safari/605.1.15',
  ],
  [
    'iPadOS | browser Microsoft Edge 138.0.3351.77 WebKit | tablet Apple iPad',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 EdgiOS/138.0.3351.77 Safari/605.1.15',
  ],
  [
    'iPadOS | - | tablet Apple iPad',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  ],
  // Android.
  [
    'Android | browser Chrome 143.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Android | browser Chrome 128.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Android | browser Chrome 137.0.0.0 Blink | tablet',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
  ],
  [
    'Android | browser Microsoft Edge 139.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36 EdgA/139.0.0.0',
  ],
  [
    'Android | browser Samsung Internet 28.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Android | browser Opera 91.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36 OPR/91.0.0.0',
  ],
  [
    'Android 14 | browser Samsung Internet 25.0 Blink | mobile Samsung SM-S928B',
    'Mozilla/5.0 (Linux; Android 14; SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Android 15 | browser Chrome 138.0.7204.179 Blink | mobile Samsung SM-S938U',
    'Mozilla/5.0 (Linux; Android 15; SM-S938U Build/AP3A.240905.015.A2; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.7204.179 Mobile Safari/537.36',
  ],
  [
    'Android 16 | browser Chrome 139.0.7258.62 Blink | mobile Google Pixel 9 Pro',
    'Mozilla/5.0 (Linux; Android 16; Pixel 9 Pro Build/BP2A.250605.031.A2; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/139.0.7258.62 Mobile Safari/537.36',
  ],
  [
    'Android 15 | browser Chrome 131.0.6778.39 Blink | mobile Google Pixel 8a',
    'Mozilla/5.0 (Linux; Android 15; Pixel 8a) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.39 Mobile Safari/537.36',
  ],
  [
    'Android 14 | browser Chrome 125.0.6422.165 Blink | mobile Xiaomi 2312DRA50G',
    'Mozilla/5.0 (Linux; Android 14; 2312DRA50G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.6422.165 Mobile Safari/537.36',
  ],
  [
    'Android 14 | browser Miui 14.20.0 Blink | mobile Xiaomi 23124RA7EO',
    'Mozilla/5.0 (Linux; U; Android 14; en-us; 23124RA7EO Build/UKQ1.230804.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.193 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.20.0-gn',
  ],
  [
    'Android 13 | browser Chrome 124.0.6367.82 Blink | mobile Xiaomi Redmi Note 12',
    'Mozilla/5.0 (Linux; Android 13; Redmi Note 12) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.6367.82 Mobile Safari/537.36',
  ],
  [
    'Android 14 | browser Chrome 126.0.6478.122 Blink | mobile OPPO CPH2581',
    'Mozilla/5.0 (Linux; Android 14; CPH2581) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.122 Mobile Safari/537.36',
  ],
  [
    'Android 13 | browser Chrome 122.0.6261.119 Blink | mobile Realme RMX3771',
    'Mozilla/5.0 (Linux; Android 13; RMX3771) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.6261.119 Mobile Safari/537.36',
  ],
  [
    'Android 14 | browser Chrome 128.0.6613.88 Blink | mobile Vivo V2309',
    'Mozilla/5.0 (Linux; Android 14; V2309) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.6613.88 Mobile Safari/537.36',
  ],
  [
    'Android 14 | browser Chrome 127.0.6533.103 Blink | mobile Motorola moto g84 5G',
    'Mozilla/5.0 (Linux; Android 14; moto g84 5G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.6533.103 Mobile Safari/537.36',
  ],
  [
    'Android 12 | browser Chrome 120.0.6099.43 Blink | mobile Infinix Infinix X6817',
    'Mozilla/5.0 (Linux; Android 12; Infinix X6817) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.43 Mobile Safari/537.36',
  ],
  [
    'Android 13 | browser Chrome 121.0.6167.143 Blink | mobile Tecno Mobile TECNO BG6',
    'Mozilla/5.0 (Linux; Android 13; TECNO BG6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.6167.143 Mobile Safari/537.36',
  ],
  [
    'Android 12 | browser Chrome 119.0.6045.163 Blink | mobile Sony XQ-BC72',
    'Mozilla/5.0 (Linux; Android 12; XQ-BC72) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.6045.163 Mobile Safari/537.36',
  ],
  [
    'Android 12 | browser Huawei Browser 14.0.2.302 Blink | mobile Huawei NOH-AN00',
    'Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.12.0.302) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/14.0.2.302 Mobile Safari/537.36',
  ],
  [
    'Android 15 | browser Firefox 145.0 Gecko | mobile',
    'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
  ],
  [
    'Android 13 | browser Firefox 126.0 Gecko | mobile',
    'Mozilla/5.0 (Android 13; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0',
  ],
  [
    'Android 14 | browser Firefox 136.0 Gecko | tablet',
    'Mozilla/5.0 (Android 14; Tablet; rv:136.0) Gecko/136.0 Firefox/136.0',
  ],
  [
    'Android 14 | browser Chrome 127.0.6533.64 Blink | tablet Samsung SM-X910',
    'Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.6533.64 Safari/537.36',
  ],
  [
    'Android 13 | browser Samsung Internet 26.0 Blink | tablet Samsung SM-X200',
    'Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Safari/537.36',
  ],
  [
    'Android 12 | browser Chrome 118.0.5993.111 Blink | tablet Lenovo TB-X306F',
    'Mozilla/5.0 (Linux; Android 12; TB-X306F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.5993.111 Safari/537.36',
  ],
  [
    'Android 11 | browser Amazon Silk 126.4.1 Blink | tablet Amazon KFTRWI',
    'Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/126.4.1 like Chrome/126.0.6478.188 Safari/537.36',
  ],
  [
    'Android 14 | browser DuckDuckGo 5 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/133.0.6943.49 Mobile DuckDuckGo/5 Safari/537.36',
  ],
  [
    'Android | browser Yandex Browser 25.6.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Mobile Safari/537.36 YaBrowser/25.6.0.0',
  ],
  // In-app.
  [
    'iOS 18.5 | app Facebook 520.0.0.38.101 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/756351453;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBCR/;FBID/phone;FBLC/en_US;FBOP/80]',
  ],
  [
    'iOS 26.1 | app Facebook 538.0.0.53.70 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23B85 [FBAN/FBIOS;FBAV/538.0.0.53.70;FBBV/829153422;FBDV/iPhone17,1;FBMD/iPhone;FBSN/iOS;FBSV/26.1;FBSS/3;FBCR/;FBID/phone;FBLC/de_DE;FBOP/80]',
  ],
  [
    'iOS 17.6.1 | app Facebook 482.0.0.50.106 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21G93 [FBAN/FBIOS;FBAV/482.0.0.50.106;FBBV/648234567;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.6.1;FBSS/3;FBID/phone;FBLC/fr_FR;FBOP/5]',
  ],
  [
    'iPadOS 17.5.1 | app Facebook 472.0.0.44.108 | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90 [FBAN/FBIOS;FBAV/472.0.0.44.108;FBBV/614234567;FBDV/iPad13,18;FBMD/iPad;FBSN/iPadOS;FBSV/17.5.1;FBSS/2;FBID/tablet;FBLC/en_GB;FBOP/5]',
  ],
  [
    'Android 14 | app Facebook 490.0.0.44.79 | mobile Samsung SM-S911B',
    'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/490.0.0.44.79;IABMV/1;]',
  ],
  [
    'Android 15 | app Facebook 502.0.0.65.73 | mobile Google Pixel 8',
    'Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/133.0.6943.121 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/502.0.0.65.73;]',
  ],
  [
    'iOS 18.3.2 | app Messenger 500.0.0.34.105 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22D82 [FBAN/MessengerForiOS;FBAV/500.0.0.34.105;FBBV/706123456;FBDV/iPhone16,2;FBMD/iPhone;FBSN/iOS;FBSV/18.3.2;FBSS/3;FBCR/;FBID/phone;FBLC/en_US;FBOP/80]',
  ],
  [
    'Android 14 | app Messenger 465.0.0.50.113 | mobile Samsung SM-A546B',
    'Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.134 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/465.0.0.50.113;]',
  ],
  [
    'iOS 18.5 | app Instagram 389.0.0.22.80 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 Instagram 389.0.0.22.80 (iPhone15,2; iOS 18_5; en_US; en; scale=3.00; 1179x2556; IABMV/1; 751234567)',
  ],
  [
    'iOS 26.1 | app Instagram 408.0.0.29.70 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23B85 Instagram 408.0.0.29.70 (iPhone17,3; iOS 26_1; es_ES; es; scale=3.00; 1179x2556; IABMV/1; 830123456) NW/3',
  ],
  [
    'Android 14 | app Instagram 345.0.0.48.95 | mobile Samsung SM-G991B',
    'Mozilla/5.0 (Linux; Android 14; SM-G991B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/127.0.6533.103 Mobile Safari/537.36 Instagram 345.0.0.48.95 Android (34/14; 480dpi; 1080x2194; samsung; SM-G991B; o1s; exynos2100; en_GB; 633123456)',
  ],
  [
    'iOS 17.5.1 | app Threads 340.0.0.20.110 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90 Barcelona 340.0.0.20.110 (iPhone14,7; iOS 17_5_1; en_US; en; scale=3.00; 1170x2532; 618123456)',
  ],
  [
    'Android 14 | app Threads 344.0.0.40.93 | mobile Google Pixel 7',
    'Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/AP2A.240805.005; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/127.0.6533.84 Mobile Safari/537.36 Barcelona 344.0.0.40.93 Android (34/14; 420dpi; 1080x2205; Google/google; Pixel 7; panther; panther; en_US; 630123456)',
  ],
  [
    'iOS 17.5.1 | app TikTok 35.1.0 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_35.1.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US RevealType/Dialog isDarkMode/0 WKWebView/1 BytedanceWebview/d8a21c6 FalconTag/6B5F4C31',
  ],
  [
    'iOS | app TikTok 42.3.0 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_42.3.0 BytedanceWebview/d8a21c6',
  ],
  [
    'Android 13 | app TikTok 35.1.3 | mobile Samsung SM-A536E',
    'Mozilla/5.0 (Linux; Android 13; SM-A536E Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 trill_350103 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/35.1.3 ByteLocale/en ByteFullLocale/en Region/PH AppId/1233 Spark/1.5.9.1 AppVersion/35.1.3 BytedanceWebview/d8a21c6',
  ],
  [
    'iOS 18.4.1 | app LINE 15.6.1 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/15.6.1',
  ],
  [
    'Android 14 | app LINE 14.15.1 | mobile Sony SO-51D',
    'Mozilla/5.0 (Linux; Android 14; SO-51D Build/67.2.A.2.118; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.6613.127 Mobile Safari/537.36 Line/14.15.1/IAB',
  ],
  [
    'iOS 18.5 | app Google app 373.0.772788024 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/373.0.772788024 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS 17.4 | app Google app 309.1.619045581 | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/309.1.619045581 Mobile/15E148 Safari/604.1',
  ],
  [
    'Android 14 | app Google app 15.21.41.28 | mobile Samsung SM-S921B',
    'Mozilla/5.0 (Linux; Android 14; SM-S921B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.147 Mobile Safari/537.36 GSA/15.21.41.28.arm64',
  ],
  [
    'iOS 17.4.1 | app Snapchat 12.80.0.36 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21E236 Snapchat/12.80.0.36 (like Safari/8617.2.4.10.8, panda)',
  ],
  [
    'Android 14 | app Snapchat 12.85.0.40 | mobile Google Pixel 6a',
    'Mozilla/5.0 (Linux; Android 14; Pixel 6a Build/AP1A.240505.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36 Snapchat/12.85.0.40 (Pixel 6a; Android 14#11583682#34; gzip; )',
  ],
  [
    'iOS 17.5.1 | app Pinterest | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]',
  ],
  [
    'Android 13 | app Pinterest | mobile Samsung SM-G781B',
    'Mozilla/5.0 (Linux; Android 13; SM-G781B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.113 Mobile Safari/537.36 [Pinterest/Android]',
  ],
  [
    'iOS 17.5 | app WeChat 8.0.49 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN',
  ],
  [
    'Android 14 | app WeChat 8.0.49.2600 | mobile Xiaomi 23127PN0CC',
    'Mozilla/5.0 (Linux; Android 14; 23127PN0CC Build/UKQ1.230804.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MMWEBID/4391 MicroMessenger/8.0.49.2600(0x2800313D) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64',
  ],
  [
    'iOS 17.5.1 | app KakaoTalk 10.8.2 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 10.8.2',
  ],
  [
    'Android 14 | app KakaoTalk 2610750 | mobile Samsung SM-S918N',
    'Mozilla/5.0 (Linux; Android 14; SM-S918N Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36;KAKAOTALK 2610750',
  ],
  [
    'iOS 17.4.1 | app NAVER 12.6.3 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 NAVER(inapp; search; 2000; 12.6.3; 14PRO)',
  ],
  [
    'iOS 17.5.1 | app LinkedIn 9.29.7712 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.29.7712',
  ],
  [
    'Android 14 | app LinkedIn | mobile Samsung SM-A346B',
    'Mozilla/5.0 (Linux; Android 14; SM-A346B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.113 Mobile Safari/537.36 [LinkedInApp]',
  ],
  [
    'iOS 17.5.1 | app Twitter 10.44 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Twitter for iPhone/10.44',
  ],
  [
    'Android 13 | app Twitter | mobile Xiaomi M2101K6G',
    'Mozilla/5.0 (Linux; Android 13; M2101K6G Build/TKQ1.221013.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36 TwitterAndroid',
  ],
  [
    'Android 14 | app Telegram 10.13.1 | mobile Samsung SM-G998B',
    'Mozilla/5.0 (Linux; Android 14; SM-G998B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.53 Mobile Safari/537.36 Telegram-Android/10.13.1 (Samsung SM-G998B; Android 14; SDK 34; HIGH)',
  ],
  [
    'iOS 17.4.1 | app Reddit 2024.20.0 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Reddit/Version 2024.20.0/Build 614873/iOS Version 17.4.1 (Build 21E236)',
  ],
  [
    'iOS 17.3.1 | app Zalo 24.05.01 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_3_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21D61 Zalo iOS/24.05.01 ZaloTheme/light ZaloLanguage/vn',
  ],
  [
    'Android | browser Chrome 135.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/135.0.0.0 Mobile Safari/537.36',
  ],
  // Consoles.
  [
    'PlayStation 5 10.20 | - | -',
    'Mozilla/5.0 (PlayStation; PlayStation 5/10.20) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15',
  ],
  [
    'PlayStation 5 9.00 | - | -',
    'Mozilla/5.0 (PlayStation; PlayStation 5/9.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15',
  ],
  [
    'PlayStation 4 12.00 | - | -',
    'Mozilla/5.0 (PlayStation; PlayStation 4/12.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15',
  ],
  ['PlayStation 4 11.00 | - | -', 'Mozilla/5.0 (PlayStation 4 11.00) AppleWebKit/605.1.15 (KHTML, like Gecko)'],
  [
    '- | - | -',
    'Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474',
  ],
  [
    'Windows 10 | browser Microsoft Edge 128.0.0.0 Blink | -',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0',
  ],
  [
    'Windows 10 | browser Microsoft Edge 136.0.0.0 Blink | -',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36 Edg/136.0.0.0',
  ],
  // Tv.
  [
    'Tizen 8.0 | browser Tizen Blink | tv Samsung',
    'Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) 108.0.5359.1/8.0 TV Safari/537.36',
  ],
  [
    'Tizen 6.5 | browser Tizen Blink | tv Samsung',
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.5) AppleWebKit/537.36 (KHTML, like Gecko) 85.0.4183.93/6.5 TV Safari/537.36',
  ],
  [
    'webOS | browser WebOS Browser Blink | tv LG',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 WebAppManager',
  ],
  [
    'webOS | browser WebOS Browser Blink | tv LG',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.270 Safari/537.36',
  ],
  [
    'Android 12 | browser Chrome 124.0.6367.179 Blink | tv Sony BRAVIA VU31',
    'Mozilla/5.0 (Linux; Android 12; BRAVIA VU31 Build/SKQ1.211006.001.A1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36',
  ],
  [
    'Android 9 | browser Chrome 118.0.5993.162 Blink | tv Amazon AFTKRT',
    'Mozilla/5.0 (Linux; Android 9; AFTKRT Build/PS7652.3600N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/118.0.5993.162 Mobile Safari/537.36',
  ],
  [
    'Android 12 | browser Chrome 122.0.6261.64 Blink | tv Google Chromecast',
    'Mozilla/5.0 (Linux; Android 12; Chromecast Build/STTE.230319.008.H1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/122.0.6261.64 Mobile Safari/537.36 CrKey/1.56.500000',
  ],
  ['Roku 14.0 | - | tv Roku', 'Roku/DVP-14.0 (14.0.4.3216-50)'],
  [
    'Linux | browser Chrome 92.0.4515.105 Blink | tv Sony',
    'Mozilla/5.0 (Linux; Andr0id 9; BRAVIA 4K UR2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/92.0.4515.105 Safari/537.36 HbbTV/1.5.1',
  ],
  ['tvOS | - | tv Apple', 'AppleTV14,1/17.5.1'],
  [
    'Android 11 | browser Chrome 114.0.5735.130 Blink | tv TCL TCL Android TV',
    'Mozilla/5.0 (Linux; Android 11; TCL Android TV Build/RP1A.200720.011) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.130 Safari/537.36',
  ],
  [
    'Linux | browser Chrome 98.0.4758.102 Blink | tv Hisense',
    'Mozilla/5.0 (Linux; U; VIDAA 7.0; Hisense; MTK9602) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.102 Safari/537.36 VIDAA/7.0',
  ],
  // Bots.
  ['- | bot Googlebot 2.1 | -', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  [
    '- | bot Googlebot 2.1 | -',
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.69 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  ],
  [
    '- | bot Googlebot 2.1 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/131.0.6778.69 Safari/537.36',
  ],
  ['- | bot Googlebot-Image 1.0 | -', 'Googlebot-Image/1.0'],
  [
    '- | bot bingbot 2.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
  ],
  [
    '- | bot GPTBot 1.2 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  ],
  [
    '- | bot ChatGPT-User 1.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot',
  ],
  [
    '- | bot OAI-SearchBot 1.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot',
  ],
  [
    '- | bot ClaudeBot 1.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
  ],
  [
    '- | bot PerplexityBot 1.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)',
  ],
  [
    '- | bot Applebot 0.1 | -',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)',
  ],
  [
    '- | bot Bytespider | -',
    'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
  ],
  [
    '- | bot Amazonbot 0.1 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot) Chrome/119.0.6045.214 Safari/537.36',
  ],
  ['- | bot YandexBot 3.0 | -', 'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)'],
  ['- | bot AhrefsBot 7.0 | -', 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)'],
  ['- | bot SemrushBot 7 | -', 'Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)'],
  [
    '- | bot Baiduspider 2.0 | -',
    'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  ],
  ['- | bot PetalBot | -', 'Mozilla/5.0 (compatible; PetalBot;+https://webmaster.petalsearch.com/site/petalbot)'],
  ['- | bot DuckDuckBot 1.1 | -', 'DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)'],
  ['- | bot facebookexternalhit 1.1 | -', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  [
    '- | bot meta-externalagent 1.1 | -',
    'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
  ],
  ['- | bot Twitterbot 1.0 | -', 'Twitterbot/1.0'],
  [
    '- | bot LinkedInBot 1.0 | -',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  ],
  ['- | bot TelegramBot | -', 'TelegramBot (like TwitterBot)'],
  ['- | bot Discordbot 2.0 | -', 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'],
  ['- | bot Slackbot-LinkExpanding | -', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  ['- | bot Pinterestbot 1.0 | -', 'Pinterestbot/1.0 (+https://www.pinterest.com/bot.html)'],
  ['- | bot CCBot 2.0 | -', 'Mozilla/5.0 (compatible; CCBot/2.0; +https://commoncrawl.org/faq/)'],
  ['- | bot UptimeRobot 2.0 | -', 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
  // Command line, libraries, apps.
  ['- | library curl 8.7.1 | -', 'curl/8.7.1'],
  ['- | library curl 7.88.1 | -', 'curl/7.88.1'],
  ['- | library Wget 1.24.5 | -', 'Wget/1.24.5'],
  ['- | library HTTPie 3.2.2 | -', 'HTTPie/3.2.2'],
  ['- | library PostmanRuntime 7.43.0 | -', 'PostmanRuntime/7.43.0'],
  ['- | library insomnia 10.3.0 | -', 'insomnia/10.3.0'],
  ['- | library python-requests 2.32.3 | -', 'python-requests/2.32.3'],
  ['- | library python-httpx 0.27.2 | -', 'python-httpx/0.27.2'],
  ['- | library Python 3.12 | -', 'Python/3.12 aiohttp/3.9.5'],
  ['- | library Python-urllib 3.11 | -', 'Python-urllib/3.11'],
  ['- | library okhttp 4.12.0 | -', 'okhttp/4.12.0'],
  ['- | library okhttp 5.0.0-alpha.14 | -', 'okhttp/5.0.0-alpha.14'],
  ['- | library Go-http-client 2.0 | -', 'Go-http-client/2.0'],
  ['- | library axios 1.7.9 | -', 'axios/1.7.9'],
  ['- | library node | -', 'node'],
  ['- | library undici | -', 'undici'],
  ['- | library node-fetch | -', 'node-fetch'],
  ['- | library Bun 1.1.34 | -', 'Bun/1.1.34'],
  ['- | library Deno 2.1.4 | -', 'Deno/2.1.4'],
  ['- | library got | -', 'got (https://github.com/sindresorhus/got)'],
  ['- | library Java 17.0.11 | -', 'Java/17.0.11'],
  ['- | library Java-http-client 21.0.3 | -', 'Java-http-client/21.0.3'],
  ['- | library Apache-HttpClient 4.5.14 | -', 'Apache-HttpClient/4.5.14 (Java/17.0.11)'],
  ['- | library GuzzleHttp 7 | -', 'GuzzleHttp/7'],
  ['- | library Dart 3.5 | -', 'Dart/3.5 (dart:io)'],
  ['- | library Ruby | -', 'Ruby'],
  ['- | library Faraday | -', 'Faraday v2.12.0'],
  ['- | library libwww-perl 6.77 | -', 'libwww-perl/6.77'],
  ['- | library ktor-client | -', 'ktor-client'],
  ['- | library reqwest 0.12.9 | -', 'reqwest/0.12.9'],
  [
    'Windows | app WindowsPowerShell 5.1.22621.4391 | desktop',
    'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391',
  ],
  [
    'Windows 10 | app PowerShell 7.4.6 | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US) PowerShell/7.4.6',
  ],
  ['iOS | app MyApp 3.2 | mobile Apple', 'MyApp/3.2 CFNetwork/1568.200.51 Darwin/24.1.0'],
  ['iOS | app MyApp 41 | mobile Apple', 'MyApp/41 CFNetwork/3826.500.131 Darwin/24.5.0'],
  ['iOS 18.4 | app Spotify 9.0.34 | mobile Apple iPhone', 'Spotify/9.0.34 iOS/18.4 (iPhone15,2)'],
  [
    'Android 14 | library Dalvik 2.1.0 | mobile Samsung SM-S911B',
    'Dalvik/2.1.0 (Linux; U; Android 14; SM-S911B Build/UP1A.231005.007)',
  ],
  ['- | app WhatsApp 2.24.12.78 | -', 'WhatsApp/2.24.12.78 A'],
  [
    'iOS 18.5.0 | app ExampleApp 5.1.0 | mobile Apple',
    'ExampleApp/5.1.0 (com.example.app; build:512; iOS 18.5.0) Alamofire/5.9.1',
  ],
  // A hundred more, that others sent.
  [
    'Windows 10 | browser Microsoft Edge 131.0.2903.86 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.86',
  ],
  [
    'Windows 10 | browser Opera 115.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0',
  ],
  [
    'Windows 10 | browser Opera 115.0.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0 (Edition GX)',
  ],
  [
    'Windows 10 | browser Vivaldi 7.0.3495.15 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Vivaldi/7.0.3495.15',
  ],
  [
    'Windows 10 | browser Yandex Browser 24.12.0.0 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 YaBrowser/24.12.0.0 Safari/537.36',
  ],
  [
    'Windows 10 | browser Firefox 133.0 Gecko | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
  ],
  [
    'Linux | browser Firefox 145.0 Gecko | desktop',
    'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  ],
  [
    'macOS 10.15.7 | browser Safari 18.1.1 WebKit | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1.1 Safari/605.1.15',
  ],
  [
    'macOS 10.15 | browser Firefox 133.0 Gecko | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0',
  ],
  [
    'macOS 10.15.7 | browser Chrome 142.0.0.0 Blink | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  ],
  [
    'Chrome OS 14541.0.0 | browser Chrome 131.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'iOS 18.7.2 | browser Safari 18.7.2 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7.2 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 18.7 | browser Chrome 142.0.7444.77 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.1.0 | browser Chrome 142.0.7444.77 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS | browser Firefox 145.0 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.0 | browser Microsoft Edge 142.0.3595.66 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 EdgiOS/142.0.3595.66 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS 26.1 | browser Opera Touch 6.0.5 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1 OPT/6.0.5',
  ],
  [
    'iOS 26.0 | browser DuckDuckGo 26.0 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1 Ddg/26.0',
  ],
  [
    'iOS 17.5.1 | browser Brave 1.66 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 Brave/1.66',
  ],
  [
    'iOS 18.5 | app Facebook 520.0.0.38.101 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/756351453;FBDV/iPhone14,7;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5;FBRV/760683563]',
  ],
  [
    'iOS 26.1 | app Facebook 538.0.0.53.77 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23B85 [FBAN/FBIOS;FBAV/538.0.0.53.77;FBBV/828863116;FBDV/iPhone17,1;FBMD/iPhone;FBSN/iOS;FBSV/26.1;FBSS/3;FBCR/;FBID/phone;FBLC/de_DE;FBOP/80]',
  ],
  [
    'iOS 26.1 | app Instagram 405.0.0.32.72 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23B85 Instagram 405.0.0.32.72 (iPhone17,1; iOS 26_1; de_DE; de; scale=3.00; 1206x2622; IABMV/1; 829062829)',
  ],
  [
    'iOS 18.6.2 | app TikTok 41.0.0 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_41.0.0 BytedanceWebview/d8a21c6',
  ],
  [
    'iOS 18.6.2 | app TikTok 41.2.0 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_41.2.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US isDarkMode/1 WKWebView/1 RevealType/Dialog BytedanceWebview/d8a21c6 FalconTag/',
  ],
  [
    'iOS 17.6.1 | app LINE 14.13.1 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.13.1',
  ],
  [
    'iOS 18.1.1 | app Google app 344.0.695551749 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/344.0.695551749 Mobile/15E148 Safari/604.1',
  ],
  [
    'iOS | app Snapchat 13.62.0.41 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Snapchat/13.62.0.41 (like Safari/8622.2.11.119.1, panda)',
  ],
  [
    'iOS | app WeChat 8.0.65 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.65(0x18004134) NetType/WIFI Language/zh_CN',
  ],
  [
    'iOS | app LinkedIn 9.31.8321 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.31.8321',
  ],
  [
    'iOS | app Twitter 11.20 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Twitter for iPhone/11.20',
  ],
  [
    'iOS | app Pinterest | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]',
  ],
  [
    'iOS 18.6 | app Threads 390.0.0.24.94 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Barcelona 390.0.0.24.94 (iPhone15,3; iOS 18_6; en_US; en; scale=3.00; 1290x2796; 765313520)',
  ],
  [
    'Android | browser Chrome 142.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Android | browser Chrome 131.0.0.0 Blink | tablet',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Android | browser Microsoft Edge 130.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 EdgA/130.0.0.0',
  ],
  [
    'Android | browser Opera 86.0.0.0 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 OPR/86.0.0.0',
  ],
  [
    'Android 15 | browser Firefox 133.0 Gecko | mobile',
    'Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0',
  ],
  [
    'Android 14 | browser Firefox 133.0 Gecko | tablet',
    'Mozilla/5.0 (Android 14; Tablet; rv:133.0) Gecko/133.0 Firefox/133.0',
  ],
  [
    'Android 15 | app Facebook 537.0.0.49.109 | mobile Samsung SM-S928B',
    'Mozilla/5.0 (Linux; Android 15; SM-S928B Build/AP3A.240905.015.A2; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/537.0.0.49.109;IABMV/1;]',
  ],
  [
    'Android 14 | app Instagram 357.1.0.52.100 | mobile Google Pixel 8',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240905.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.102 Mobile Safari/537.36 Instagram 357.1.0.52.100 Android (34/14; 420dpi; 1080x2205; Google/google; Pixel 8; shiba; shiba; en_US; 662944163; IABMV/1)',
  ],
  [
    'Android 14 | app TikTok 38.3.3 | mobile Samsung SM-A546B',
    'Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.102 Mobile Safari/537.36 trill_380303 BytedanceWebview/d8a21c6 AppName/trill app_version/38.3.3 ByteLocale/en',
  ],
  [
    'Android 13 | app LINE 14.19.2 | mobile Sony SO-52C',
    'Mozilla/5.0 (Linux; Android 13; SO-52C Build/64.1.B.0.177; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.102 Mobile Safari/537.36 Line/14.19.2/IAB',
  ],
  [
    'Android 13 | app Google app 15.46.41.29 | mobile Xiaomi M2101K6G',
    'Mozilla/5.0 (Linux; Android 13; M2101K6G Build/TKQ1.221013.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36 GSA/15.46.41.29.arm64',
  ],
  [
    'Android 14 | app Snapchat 13.13.0.41 | mobile OPPO CPH2581',
    'Mozilla/5.0 (Linux; Android 14; CPH2581 Build/UKQ1.230924.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.39 Mobile Safari/537.36 Snapchat/13.13.0.41(CPH2581; Android 14#U.1a2f3a2_1-1b#34; gzip; )',
  ],
  [
    'Android 13 | browser Vivo Browser 23.9.31.0 Blink | mobile Vivo V2145',
    'Mozilla/5.0 (Linux; Android 13; V2145 Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 VivoBrowser/23.9.31.0',
  ],
  [
    'Android 13 | browser HeyTap Browser 45.10.5.1 Blink | mobile OPPO CPH2387',
    'Mozilla/5.0 (Linux; U; Android 13; en-us; CPH2387 Build/TP1A.220905.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/115.0.5790.168 Mobile Safari/537.36 HeyTapBrowser/45.10.5.1',
  ],
  [
    'Android 12 | browser UC Browser 13.7.8.1323 Blink | mobile Realme RMX3085',
    'Mozilla/5.0 (Linux; U; Android 12; en-US; RMX3085 Build/SP1A.210812.016) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.7.8.1323 Mobile Safari/537.36',
  ],
  [
    'Android 12 | browser Huawei Browser 15.0.4.312 Blink | mobile Huawei ALN-AL00',
    'Mozilla/5.0 (Linux; Android 12; ALN-AL00 Build/HUAWEIALN-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36',
  ],
  [
    'HarmonyOS 5.0 | browser Huawei Browser 5.0.4.300 Blink | mobile Huawei',
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300',
  ],
  [
    'Android 11 | browser Chrome 131.0.0.0 Blink | tablet Samsung SM-T510',
    'Mozilla/5.0 (Linux; Android 11; SM-T510) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Android 9 | browser Chrome 122.0.6261.140 Blink | tablet Amazon KFONWI',
    'Mozilla/5.0 (Linux; Android 9; KFONWI Build/PS7326.4087N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/122.0.6261.140 Safari/537.36',
  ],
  [
    'Android 9 | browser Amazon Silk 130.3.1 Blink | tablet Amazon KFMAWI',
    'Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/130.3.1 like Chrome/130.0.6723.102 Safari/537.36',
  ],
  [
    'Android 11 | browser Amazon Silk 126.4.1 Blink | tv Amazon AFTKA',
    'Mozilla/5.0 (Linux; Android 11; AFTKA) AppleWebKit/537.36 (KHTML, like Gecko) Silk/126.4.1 like Chrome/126.0.6478.188 Safari/537.36',
  ],
  [
    'webOS | browser WebOS Browser Blink | tv LG',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.5 Safari/537.36 WebAppManager',
  ],
  [
    'webOS | browser WebOS Browser Blink | tv LG',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.211 Safari/537.36 DMOST/2.0.0 (; LGE; webOSTV; WEBOS24 24.5.0; W24_K24P;)',
  ],
  [
    'Tizen 2.3 | browser Tizen WebKit | tv Samsung',
    'Mozilla/5.0 (Linux; Tizen 2.3; SmartHub; SMART-TV; SmartTV; U; Maple2012) AppleWebKit/538.1+ (KHTML, like Gecko) TV Safari/538.1+',
  ],
  [
    'Android 12 | browser Chrome 131.0.0.0 Blink | tv Sony BRAVIA 4K VH21',
    'Mozilla/5.0 (Linux; Android 12; BRAVIA 4K VH21 Build/STT2.230203.001) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Android 12 | browser Chrome 131.0.0.0 Blink | tv Google Chromecast',
    'Mozilla/5.0 (Linux; Android 12; Chromecast Build/STTL.240206.002) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 CrKey/1.56.500000 DeviceType/AndroidTV',
  ],
  ['Roku 14.0 | - | tv Roku', 'Roku/DVP-14.0 (14.0.0.4500-A8)'],
  [
    'PlayStation 5 9.00 | - | -',
    'Mozilla/5.0 (PlayStation; PlayStation 5/9.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15',
  ],
  [
    'Windows 10 | browser Microsoft Edge 131.0.0.0 Blink | -',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
  ],
  [
    '- | - | -',
    'Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.3.25.1 NintendoBrowser/5.1.0.32061',
  ],
  [
    'Linux | browser Chrome 131.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  ],
  [
    'Linux | browser Epiphany 18.0 WebKit | desktop',
    'Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15 Epiphany/605.1.15',
  ],
  [
    'Linux | browser Chrome 131.0.0.0 Blink | desktop',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36',
  ],
  [
    '- | bot OAI-SearchBot 1.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot)',
  ],
  [
    '- | bot ChatGPT-User 1.0 | -',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot',
  ],
  ['- | app WhatsApp 2.24.20.89 | -', 'WhatsApp/2.24.20.89 A'],
  ['- | app WhatsApp 2.23.20.0 | -', 'WhatsApp/2.23.20.0 i'],
  ['- | bot CCBot 2.0 | -', 'CCBot/2.0 (https://commoncrawl.org/faq/)'],
  ['- | app kube-probe 1.31 | -', 'kube-probe/1.31'],
  ['- | app ELB-HealthChecker 2.0 | -', 'ELB-HealthChecker/2.0'],
  ['- | app GoogleHC 1.0 | -', 'GoogleHC/1.0'],
  ['- | app Prometheus 2.54.1 | -', 'Prometheus/2.54.1'],
  ['- | library curl 8.11.0 | -', 'curl/8.11.0'],
  ['- | library HTTPie 3.2.4 | -', 'HTTPie/3.2.4'],
  ['- | library python-httpx 0.28.0 | -', 'python-httpx/0.28.0'],
  ['- | library okhttp 5.1.0 | -', 'okhttp/5.1.0'],
  ['- | library axios 1.7.8 | -', 'axios/1.7.8'],
  ['- | library node-fetch 1.0 | -', 'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)'],
  ['- | library Bun 1.1.38 | -', 'Bun/1.1.38'],
  ['- | library Deno 2.1.1 | -', 'Deno/2.1.1'],
  ['- | library PostmanRuntime 7.42.0 | -', 'PostmanRuntime/7.42.0'],
  ['- | library insomnia 10.1.1 | -', 'insomnia/10.1.1'],
  ['- | library Apache-HttpClient 4.5.14 | -', 'Apache-HttpClient/4.5.14 (Java/17.0.13)'],
  ['- | library Java 21.0.5 | -', 'Java/21.0.5'],
  ['- | library Java-http-client 21.0.5 | -', 'Java-http-client/21.0.5'],
  ['- | library Symfony | -', 'Symfony HttpClient (Curl)'],
  [
    'iOS 18.1.1 | app MyApp 1.2.3 | mobile Apple',
    'MyApp/1.2.3 (com.example.myapp; build:45; iOS 18.1.1) Alamofire/5.10.1',
  ],
  ['iOS | app MyApp 45 | mobile Apple', 'MyApp/45 CFNetwork/1568.200.51 Darwin/24.1.0'],
  ['iOS | app Shop App 1 | mobile Apple', 'Shop%20App/1 CFNetwork/3860.200.71 Darwin/25.1.0'],
  [
    'Android 14 | library Dalvik 2.1.0 | mobile Samsung SM-G991B',
    'Dalvik/2.1.0 (Linux; U; Android 14; SM-G991B Build/UP1A.231005.007)',
  ],
  [
    'Windows 10 | app Visual Studio Code 1.95.3 | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Code/1.95.3 Chrome/128.0.6613.186 Electron/32.2.6 Safari/537.36',
  ],
  [
    'macOS 10.15.7 | app Slack 4.41.97 | desktop Apple',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.41.97 Chrome/130.0.6723.91 Electron/33.0.2 Safari/537.36 MacAppStore/24.1.0',
  ],
  [
    'Windows 10 | app Discord 1.0.9172 | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) discord/1.0.9172 Chrome/128.0.6613.186 Electron/32.2.2 Safari/537.36',
  ],
  [
    'Windows 10 | app Microsoft Teams 24295.606.3238.6194 | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Teams/24295.606.3238.6194 Chrome/130.0.0.0 Edg/130.0.2849.68 Safari/537.36',
  ],
  [
    'Android 12 | browser Meta Quest Browser 35.4.0.10.54 Blink | tablet Quest 3',
    'Mozilla/5.0 (Linux; Android 12; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/35.4.0.10.54 Chrome/130.0.6723.90 VR Safari/537.36',
  ],
  [
    'Linux | browser Meta Quest Browser 35.2.0.3.53 Blink | desktop',
    'Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/35.2.0.3.53 Chrome/128.0.6613.154 VR Safari/537.36',
  ],
  ['- | app Thunderbird 128.4.3 | -', 'Thunderbird/128.4.3'],
  [
    'Linux | app Thunderbird 128.4.0 | desktop',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0',
  ],
  [
    'Windows 10 | browser NAVER Whale Browser 4.29.282.14 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Whale/4.29.282.14 Safari/537.36',
  ],
  [
    'Windows 10 | browser QQ Browser 13.5.6267.400 Blink | desktop',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36 QQBrowser/13.5.6267.400',
  ],
  [
    'Android 14 | browser QQ Browser 15.5 Blink | mobile Vivo V2309A',
    'Mozilla/5.0 (Linux; U; Android 14; zh-cn; V2309A Build/UP1A.231005.007) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/15.5 Mobile Safari/537.36',
  ],
  [
    'Windows 8 | browser Internet Explorer 10.0 Trident | desktop',
    'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)',
  ],
  [
    'Android | browser Opera Mini 82.0.2254 Presto | mobile',
    'Opera/9.80 (Android; Opera Mini/82.0.2254/191.303; U; en) Presto/2.12.423 Version/12.16',
  ],
  [
    'iOS 26.0 | browser Yandex Browser 25.10.4.1161.10 WebKit | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 YaBrowser/25.10.4.1161.10 Mobile/15E148 Safari/604.1',
  ],
  [
    'Android 14 | browser DuckDuckGo 5 Blink | mobile',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile DuckDuckGo/5 Safari/537.36',
  ],
  [
    'tvOS | - | tv Apple',
    'Mozilla/5.0 (Apple TV; U; CPU AppleTV5,3 OS 18.1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)',
  ],
  [
    'tvOS 18.1 | app AppleCoreMedia 1.0.0.22J580 | tv Apple',
    'AppleCoreMedia/1.0.0.22J580 (Apple TV; U; CPU OS 18_1 like Mac OS X; en_us)',
  ],
  [
    'Android 14 | app Instagram 356.0.0.41.101 | tablet Samsung SM-X710',
    'Mozilla/5.0 (Linux; Android 14; SM-X710 Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.39 Safari/537.36 Instagram 356.0.0.41.101 Android (34/14; 340dpi; 1600x2450; samsung; SM-X710; gts9wifi; qcom; en_GB; 660000000)',
  ],
  [
    'iPadOS | app Google app 393.0.835068612 | tablet Apple iPad',
    'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/393.0.835068612 Mobile/15E148 Safari/604.1',
  ],
  [
    'iPadOS 18.5 | app Facebook 520.0.0.38.101 | tablet Apple iPad',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/756351453;FBDV/iPad13,18;FBMD/iPad;FBSN/iPadOS;FBSV/18.5;FBSS/2;FBID/tablet;FBLC/en_US;FBOP/5]',
  ],
  [
    'iOS | app WhatsApp 25.30.77 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari/604.1 WhatsApp/25.30.77',
  ],
  [
    'Android 15 | app Telegram 11.5.3 | mobile Google Pixel 9',
    'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/BP1A.250305.019; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 Telegram-Android/11.5.3 (Google Pixel 9; Android 15; SDK 35; HIGH)',
  ],
  [
    'Android 14 | app Bing 29.8.421118 | mobile Samsung SM-S911B',
    'Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 Bing/29.8.421118',
  ],
  [
    'iOS 18.6 | app Bing 32.8.430814001 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/605.1.15 BingSapphire/32.8.430814001',
  ],
  [
    'Android 14 | browser Yandex Browser 24.12.4.97.00 Blink | mobile Samsung SM-A536B',
    'Mozilla/5.0 (Linux; arm_64; Android 14; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 YaBrowser/24.12.4.97.00 SA/3 Mobile Safari/537.36',
  ],
  [
    'Android 14 | app Yandex 24.120 | mobile Samsung SM-A536B',
    'Mozilla/5.0 (Linux; Android 14; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 YaApp_Android/24.120 YaSearchBrowser/24.120',
  ],
  [
    'iOS 18.3 | app Reddit 2025.05.0 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22D63 Reddit/Version 2025.05.0/Build 616421',
  ],
  [
    'iOS 18.1 | app KakaoTalk 11.2.1 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 11.2.1 (INAPP)',
  ],
  [
    'iOS 18.1 | app NAVER 12.9.1 | mobile Apple iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 NAVER(inapp; search; 2000; 12.9.1; 15PRO)',
  ],
]
