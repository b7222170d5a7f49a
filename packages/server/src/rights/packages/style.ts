/** For pages that are read from a disk, on paper too: ink, one column, tables that scroll by themselves. */
export const STYLE = `
:root{color-scheme:light dark}
body{margin:0;background:Canvas;color:CanvasText;font:1rem/1.55 Seravek,'Gill Sans Nova',Candara,'Noto Sans','Segoe UI',sans-serif;overflow-wrap:anywhere}
main{max-width:60rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2rem) 4rem}
h1,h2,h3,h4{font-weight:500;line-height:1.25}
h2{margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid}
h3,h4{margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.25rem 1rem;margin:0 0 1rem}
dd{margin:0;white-space:pre-wrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.9375rem;overflow-wrap:break-word}
th,td{padding:.35rem .75rem .35rem 0;border-bottom:1px solid GrayText;text-align:start;vertical-align:top}
th,dt{font-weight:600}
td,th[scope=row]{max-width:30rem;white-space:pre-wrap}
td{min-width:5rem}
a{color:inherit}
:focus-visible{outline:3px solid currentcolor;outline-offset:2px}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
`;
