import type { Recording } from './snapshot-check.ts';

const CSI = '\x1b[';

/** Small documents, each around one thing that a snapshot could lose. Cut at every byte. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'pending wrap': `${'0123456789'.repeat(4)}${CSI}31m${CSI}2;40HX\x1b7${CSI}HY\x1b8Z${CSI}5;39H漢${CSI}?7l${CSI}6;39H漢字x`,
  'wrapped rows': `${'wrap '.repeat(40)}\r\nshort\r\n${'漢字'.repeat(30)}\r\n${CSI}2;1H${CSI}K${CSI}4;39Hxyz`,
  'saved cursor': `${CSI}4;7H${CSI}1;3;38;2;1;2;3;48;5;9m\x1b(0${CSI}?6h\x1b7${CSI}m\x1b(B${CSI}?6l${CSI}Hq\x1b8q${CSI}?1049hq${CSI}s${CSI}9;9Hq${CSI}uq${CSI}?1049lq`,
  'protected cells': `ab${CSI}1"qsafe${CSI}0"qcd${CSI}1G${CSI}?2K${CSI}2;1H${CSI}1"q漢${CSI}0mstill${CSI}2"qfree${CSI}?2J${CSI}3;1H${CSI}?1K`,
  charsets: `\x1b(0lqk\x0f\x1b)A#\x0e#\x0f\x1b*0\x1b+K\x1bn[q\x1bo[\x0fq\x1b7\x1b(B\x0fq\x1b8q`,
  repeat: `x${CSI}3b漢${CSI}2be\u0301${CSI}2b👩‍👩‍👧${CSI}b${CSI}m${CSI}2b${'y'.repeat(30)}${CSI}99b`,
  clusters: '👩‍👩‍👧👍🏽🇩🇪🇫❤️1️⃣e\u0301\u0302नमस्ते\u0301กำ한각a\u200db\u0301\r\n\u0301z',
  'clusters apart': `🇩${CSI}m🇪 👍${CSI}m🏽👩\u200d${CSI}m👩 ☝${CSI}m🏽🇫${CSI}31m🇷${CSI}m🇩`,
  hyperlinks: `a\x1b]8;;http://x.y/é?a;b\x1b\\link${CSI}4mline\r\nnext\x1b]8;id=q:foo=1;http://z\x07other${CSI}m\x1b]8;;\x07plain\x1b]8;id=q;http://z\x07again${CSI}K`,
  modes: `${CSI}?1;1000;1006;1004;2004;2026;2031;45;12h${CSI}4hins${CSI}1Gert${CSI}4l\x1b=${CSI}?25l${CSI}?1002h${CSI}?1015h${CSI}20ha\nb${CSI}20l${CSI}3 q${CSI}?1003;1016h${CSI}?1l\x1b>${CSI}5 q${CSI}0 q`,
  regions: `1\r\n2\r\n3\r\n4\r\n5\r\n6${CSI}2;5r${CSI}5;1H\n\nin${CSI}?6h${CSI}2;3Horigin${CSI}L${CSI}?6l${CSI}44m${CSI}S${CSI}r${CSI}8;1H\n\n${CSI}M`,
  tabs: `a\tb${CSI}3g${CSI}6G\x1bH${CSI}11G\x1bH\rx\ty\tz${CSI}6G${CSI}g\r\t!${CSI}Z${CSI}2I?`,
  keyboards: `${CSI}>1u${CSI}>5u${CSI}=2;2u${CSI}?1049h${CSI}>8u${CSI}?u${CSI}<u${CSI}?1049l${CSI}?u${CSI}<9u${CSI}>4;2m${CSI}?4m${CSI}>4m`,
  titles: `\x1b]0;öne\x07${CSI}22;0t\x1b]2;two ✳\x1b\\${CSI}22t\x1b]2;\x07${CSI}23;2t${CSI}23t${CSI}23t`,
  palette: `\x1b]4;1;#102030;300;#fff;2;rgb:1/22/333\x07\x1b]10;#fff;rgb:00/11/22\x1b\\${CSI}31mred\x1b]104;1\x07\x1b]111\x07\x1b]12;?\x07`,
  statuses: `\x1b]9;4;1;40\x07\x1b]7501;?\x07\x1b]7501;state=working:id=a:progress=5\x07\x1b]7501;state=blocked:kind=question:id=a/b:msg=aMOp\x1b\\\x1b]7501;state=done:app=x:title=dA==\x07\x1b]7501;state=clear:id=a\x07`,
  derived: '\x1b]9;4;3\x07text\x1b]9;4;2\x07\x1b]9;4;0\x07\x1b]9;4;4;7\x07',
  'both screens': `shell\r\n${CSI}7mbar${CSI}?1049h${CSI}2J${CSI}3;4Hfull${CSI}2;6r${CSI}44m${CSI}K${CSI}?1049lback${CSI}?47h${CSI}5;5Hx${CSI}?47ly`,
  scrollback: `${Array.from({ length: 14 }, (_, i) => `${CSI}3${i % 8}mline ${i}`).join('\r\n')}${CSI}48;5;52m\r\n\r\n${CSI}K`,
  'coloured ends': `${Array.from({ length: 12 }, (_, i) => `${CSI}4${i % 8}mend ${i}${CSI}m`).join('\r\n')}`,
  'odd cells': `漢字漢字${CSI}2G${CSI}X${CSI}5G${CSI}P${CSI}3G${CSI}@${CSI}7m${CSI}4hq漢${CSI}1G漢${CSI}4l${CSI}6Gx${CSI}'}${CSI}2;1H${CSI}4:3;58:5:9mu\x1b8n${CSI}3 @${CSI} A`,
  strings: `a\x1bPq#0;2;0~\x1b\\b\x1b_Gf=1;AA\x1b\\c\x1b^pm\x1b\\d\x1bXsos\x1b\\e\x1b]999;x\x07f\x1b]0;cut\x18g\x1bP$qr\x1b\\\x1b]52;c;aGk=\x07h\x1b]2;new\x1b[1mi`,
  'broken sequences': `a${CSI}3\n1mb${CSI}${CSI}1mc\x1b\x1b[md${CSI}12\x18e\x1b(\x1b)0f${CSI}1;\u00e9mg\x1b\u6f22[1mh${CSI}?1;2;3;:4:5mi\x9b31mj`,
  reset: `${CSI}?1049h${CSI}31mred${CSI}>1u\x1b]2;t\x07\x1b]7501;state=working\x07${CSI}20h\x1bcfresh\r\n${CSI}!pagain`,
};

export const CORPUS: readonly (Recording & { readonly name: string })[] = [
  ...Object.entries(DOCUMENTS).map(([name, text]) => ({
    name,
    columns: 40,
    rows: 8,
    bytes: Buffer.from(text, 'utf8'),
  })),
  {
    name: 'invalid UTF-8',
    columns: 40,
    rows: 8,
    bytes: Buffer.from([
      0x61, 0xff, 0xe2, 0x82, 0x62, 0xf0, 0x9f, 0x98, 0x1b, 0x5b, 0x31, 0x6d, 0xc3, 0xe6, 0xbc, 0xa2, 0xc2,
    ]),
  },
];
