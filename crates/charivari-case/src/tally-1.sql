CREATE TRIGGER {in}.finding_is_counted AFTER INSERT ON finding BEGIN
    INSERT INTO tally VALUES (iif(NEW.superseded_by IS NULL, 'standing ' || NEW.standing, 'superseded'), 1)
    ON CONFLICT (name) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER {in}.finding_is_counted_again AFTER UPDATE ON finding BEGIN
    UPDATE tally SET count = count - 1
    WHERE name = iif(OLD.superseded_by IS NULL, 'standing ' || OLD.standing, 'superseded');
    INSERT INTO tally VALUES (iif(NEW.superseded_by IS NULL, 'standing ' || NEW.standing, 'superseded'), 1)
    ON CONFLICT (name) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER {in}.evidence_is_counted AFTER INSERT ON evidence BEGIN
    INSERT INTO tally VALUES (NEW.custody, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1;
END;
