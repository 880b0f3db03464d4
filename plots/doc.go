// Package plots draws the figures of epgsim: one file per figure, one house
// theme for all of them. A figure takes tables that analysis has already
// made, never raw runs, and knows nothing of the model.
//
// Every constructor returns either a *[Figure] or, where its input cannot be
// drawn, an error; nothing in the package panics on data. NaN means "no value":
// it leaves a gap in a line and never moves an axis. What must not be printed,
// such as a control character in a name, is left out where text is written.
//
// A constructor such as [Headline] takes its numbers as one struct, here a
// [HeadlineInput]; the figure's SVG and PNG methods render it, and its Caption
// and Alt say in words what it shows.
//
// What figures have in common stands once: a ranking with names, data and columns
// of numbers is a rowChart, small panels are multiples, a line for each variant is
// a variantChart, fields of colours are a cellMap, and a stacked bar is drawn by
// stack. A figure says what is in them, and what is striking in words.
//
// House rules, kept in theme.go and panel.go so that no figure can forget
// them:
//   - Liberation Sans, 10 pt bold titles, 9 pt labels, 8 pt ticks, ink #333333;
//   - direct labels at line ends instead of legends, moved apart where they
//     would touch, with the room they need reserved at the right;
//   - one colour, one dash and one marker per organisational form, the same
//     in every figure, apart from each other for colour-blind readers and on
//     a grey printer; variants that are not forms have looks of their own,
//     with hollow markers;
//   - small multiples share their axes; the unit stands above each y axis, so
//     that no text is ever rotated;
//   - what a band means is written in the figure;
//   - each figure is laid out for a page and, anew, for one column of a journal
//     ([Figure.At]): panels stacked, legends below, no text under 6.5 pt in print;
//   - labels are wrapped; where one line must do, the value at its end stays;
//   - up to twelve variants: more than four are told apart by order, and have a
//     panel each where their lines would tangle;
//   - marks say on pointing at them, in a browser, what they are and come to;
//   - a title that says what is shown, or what is found where the intervals leave
//     no doubt ([Figure.Headed]), a caption that says what is striking,
//     never firmer than the intervals allow, and an alternative text that
//     says, in numbers, what one sees.
//
// Words and numbers of the figures of comparisons, runs and programmes are in the
// language of their input's [Words]; the others are English.
//
// Element t of a weekly series is the state at the end of week t+1; it stands
// at (t+1)/52 years.
//
// The drawing goes straight to gonum's vector canvases (vg) and not through
// plot.Plot: its axes, legends and paddings would all have to be undone.
//
// The same figure gives the same bytes on the same platform, every time.
package plots
