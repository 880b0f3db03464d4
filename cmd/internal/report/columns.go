package report

import (
	"fmt"

	"epgsim/sim"
	"epgsim/sim/store"
)

// Columns that several tables have.
var (
	replicationColumn = store.Column{Name: "replication", Unit: "1", Doc: "the same number meets the same luck in every variant", Type: store.Int64}
	weekColumn        = store.Column{Name: "week", Unit: "weeks", Doc: "1 is the first", Type: store.Int64}
)

// KeyColumns begin every table of a comparison: they say which arm a row is of.
func KeyColumns(more ...store.Column) []store.Column {
	return append([]store.Column{
		textColumn("variant", "organisational form, or what else is varied"),
		numberColumn("project_years", "years", "length of the project period"),
	}, more...)
}

func textColumn(name, doc string) store.Column {
	return store.Column{Name: name, Doc: doc, Type: store.Text}
}

func numberColumn(name, unit, doc string) store.Column {
	return store.Column{Name: name, Unit: unit, Doc: doc, Type: store.Float64}
}

// outcomeColumns are all outcomes of a run.
func outcomeColumns() (columns []store.Column) {
	for o := range sim.NOutcomes {
		columns = append(columns, numberColumn(o.Info().Name, o.Info().Unit, o.Info().Doc))
	}
	return columns
}

// yearColumns are the value closed by the end of each of so many years.
func yearColumns(years int) (columns []store.Column) {
	for y := range years {
		columns = append(columns, numberColumn(fmt.Sprintf("value_year_%02d", y+1), "k€",
			fmt.Sprintf("value of all orders closed by the end of year %d; missing when it was not simulated", y+1)))
	}
	return columns
}

// seriesColumns are all quantities of the weekly series.
func seriesColumns() (columns []store.Column) {
	for c := range sim.NColumns {
		columns = append(columns, numberColumn(c.Info().Name, c.Info().Unit, c.Info().Doc))
	}
	return columns
}

// floatsOfWeek writes the quantities of one week.
func floatsOfWeek(t *store.TableWriter, series *sim.Series, week int) *store.TableWriter {
	for c := range series.Columns {
		t.Float(series.Columns[c][week])
	}
	return t
}
