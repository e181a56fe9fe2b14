package dev.portcullis.spring.boot;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.propertyeditors.CustomNumberEditor;
import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.validation.BindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application that sets binders, puts objects into the model, and takes lists of objects. */
final class BinderHandlers {

    private BinderHandlers() {}

    /** A line of a form. */
    static class Row {

        private String name;
        private Integer count;
        private List<Integer> tags = new ArrayList<>();

        public List<Integer> getTags() {
            return tags;
        }

        public void setTags(List<Integer> tags) {
            this.tags = tags;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public Integer getCount() {
            return count;
        }

        public void setCount(Integer count) {
            this.count = count;
        }
    }

    /** A form with lines. */
    static class Sheet {

        private Integer id;

        @Size(max = 3)
        private String title;

        @Max(5)
        private Integer rank;

        private List<Row> rows = new ArrayList<>();
        private List<Integer> marks = new ArrayList<>();
        private Row one;
        private Map<String, Integer> counts = new HashMap<>();
        private Map<String, Row> named;
        private List<List<Integer>> grid;

        public Map<String, Integer> getCounts() {
            return counts;
        }

        public void setCounts(Map<String, Integer> counts) {
            this.counts = counts;
        }

        public Map<String, Row> getNamed() {
            return named;
        }

        public void setNamed(Map<String, Row> named) {
            this.named = named;
        }

        public List<List<Integer>> getGrid() {
            return grid;
        }

        public void setGrid(List<List<Integer>> grid) {
            this.grid = grid;
        }

        public Integer getId() {
            return id;
        }

        public void setId(Integer id) {
            this.id = id;
        }

        public String getTitle() {
            return title;
        }

        public void setTitle(String title) {
            this.title = title;
        }

        public Integer getRank() {
            return rank;
        }

        public void setRank(Integer rank) {
            this.rank = rank;
        }

        public List<Row> getRows() {
            return rows;
        }

        public void setRows(List<Row> rows) {
            this.rows = rows;
        }

        public List<Integer> getMarks() {
            return marks;
        }

        public void setMarks(List<Integer> marks) {
            this.marks = marks;
        }

        public Row getOne() {
            return one;
        }

        public void setOne(Row one) {
            this.one = one;
        }
    }

    @RestController
    static class Plain {

        @PostMapping("/sheets/plain")
        String plain(@Valid Sheet sheet) {
            return "ok";
        }

        @PostMapping("/sheets/seen")
        String seen(@Valid Sheet sheet, BindingResult errors) {
            return "ok";
        }
    }

    @RestController
    static class Named {

        @InitBinder("sheet")
        void without(WebDataBinder binder) {
            binder.setDisallowedFields("id", "one.*");
        }

        @InitBinder("other")
        void only(WebDataBinder binder) {
            binder.setAllowedFields("title", "rank");
        }

        @InitBinder("number")
        void hexadecimal(WebDataBinder binder) {
            binder.registerCustomEditor(Integer.class, new CustomNumberEditor(Integer.class, true) {

                @Override
                public void setAsText(String text) {
                    setValue(Integer.valueOf(text, 16));
                }
            });
        }

        @PostMapping("/sheets/without")
        String without(@Valid @ModelAttribute("sheet") Sheet sheet) {
            return "ok";
        }

        @PostMapping("/sheets/only")
        String only(@Valid @ModelAttribute("other") Sheet sheet) {
            return "ok";
        }

        @PostMapping("/sheets/number")
        String number(@RequestParam Integer number, @RequestParam(required = false) Integer rank) {
            return "ok";
        }
    }

    @RestController
    static class Edited {

        @InitBinder
        void trimmed(WebDataBinder binder) {
            binder.registerCustomEditor(String.class, new StringTrimmerEditor(true));
        }

        @PostMapping("/sheets/trimmed")
        String trimmed(@Valid Sheet sheet) {
            return "ok";
        }
    }

    @RestController
    static class Asking {

        @InitBinder
        void byLanguage(WebDataBinder binder, Locale locale) {
            binder.registerCustomEditor(Integer.class, new CustomNumberEditor(Integer.class, true));
        }

        @PostMapping("/sheets/asking")
        String asking(@Valid Sheet sheet) {
            return "ok";
        }
    }

    /** One that is found wanting in a way of its own. */
    @RestController
    static class Judged {

        @InitBinder
        void judged(WebDataBinder binder) {
            binder.setValidator(new Validator() {

                @Override
                public boolean supports(Class<?> type) {
                    return true;
                }

                @Override
                public void validate(Object target, Errors errors) {}
            });
        }

        @ModelAttribute
        List<?> unnamed() {
            return List.of("a");
        }

        @PostMapping("/sheets/judged")
        String judged(@Valid Sheet sheet) {
            return "ok";
        }

        @PostMapping("/sheets/lists")
        String lists(@Valid @RequestBody List<?> anything) {
            return "ok";
        }

        @PostMapping("/sheets/body")
        String body(@Valid @RequestBody Sheet sheet) {
            return "ok";
        }
    }

    @RestController
    static class Prepared {

        /** One that has more than is declared. */
        static class More extends Sheet {

            @Override
            public void setTitle(String title) {
                super.setTitle(title == null ? null : title.substring(0, Math.min(2, title.length())));
            }
        }

        @ModelAttribute("kinds")
        List<String> kinds() {
            return List.of("a");
        }

        @ModelAttribute("sheet")
        Sheet sheet() {
            return new More();
        }

        @PostMapping("/sheets/prepared")
        String prepared(@Valid @ModelAttribute("sheet") Sheet sheet) {
            return "ok";
        }

        @PostMapping("/sheets/beside")
        String beside(@Valid @ModelAttribute("fresh") Sheet sheet) {
            return "ok";
        }
    }
}
