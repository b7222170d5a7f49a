/** One sheet for every page: paper, ink, one accent, the reader's own fonts; narrow screens first. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#faf7f1;--card:#fffdf9;--ink:#29241f;--soft:#645b50;--line:#8a7f70;--wrong:#a3271b;--main:#29241f;--on-main:#fffdf9}
@media (prefers-color-scheme:dark){:root{--paper:#1b1815;--card:#25211c;--ink:#efe8dc;--soft:#b9ae9f;--line:#8f8474;--wrong:#ffa597;--main:#efe8dc;--on-main:#1b1815}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 Seravek,'Gill Sans Nova',Candara,'Noto Sans','Segoe UI',sans-serif;overflow-wrap:anywhere}
main{max-width:38rem;margin:0 auto;padding:1.5rem clamp(1rem,5vw,2rem) 4rem}
.from{margin:0 0 1.5rem;color:var(--soft)}
h1,h2{font-family:'Iowan Old Style','Palatino Linotype',Palatino,'URW Palladio L',Georgia,serif;font-weight:500;line-height:1.2;text-wrap:balance}
h1{margin:0 0 1rem;font-size:clamp(1.7rem,7vw,2.3rem)}
h2{margin:2.5rem 0 .5rem;font-size:1.35rem}
p{margin:0 0 1rem}
ul{margin:0 0 1rem;padding-inline-start:1.25rem}
form{margin:0 0 1rem}
fieldset{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
legend{padding:0;margin:0 0 .5rem;font-weight:600}
label{display:block}
.field{margin:0 0 1.25rem}
.field>label{font-weight:600}
.box{display:grid;grid-template-columns:auto 1fr;gap:0 .75rem;align-items:start;padding:.6rem 0}
.box input{width:1.25rem;height:1.25rem;margin:.2rem 0 0;accent-color:currentcolor}
.box .soft{grid-column:2}
.soft{margin:0;color:var(--soft)}
input[type=email],input[type=tel],input[type=text],select{width:100%;max-width:24rem;min-height:2.75rem;padding:.4rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);color:inherit;font:inherit}
input[aria-invalid=true]{border-color:var(--wrong);border-width:2px}
button{min-height:2.75rem;max-width:100%;padding:.5rem 1.1rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);color:inherit;font:inherit;cursor:pointer}
button.main{border-color:var(--main);background:var(--main);color:var(--on-main)}
.wrong{margin:.25rem 0 0;color:var(--wrong)}
.summary{margin:0 0 1.5rem;padding:1rem;border:2px solid var(--wrong);border-radius:.4rem}
.summary p,.summary ul{margin:0}
.done{padding:.75rem 1rem;border:1px solid var(--line);border-radius:.4rem}
.history{padding:0;list-style:none}
.history li{padding:.5rem 0;border-top:1px solid var(--line)}
a{color:inherit}
:focus-visible{outline:3px solid currentcolor;outline-offset:2px}
@media (forced-colors:active){.summary,.done{border-color:CanvasText}}
`;
